import type { SurfaceRow } from './row.js';

/** The row of a call that changes nothing and answers at once. */
export function reading(
  endpoint: string,
  call: string,
  what: string,
  source: string,
  repeated = 'the same answer',
): SurfaceRow {
  const reach = { by: 'direct', call } as const;
  return { endpoint, what, danger: 'read', reach, tracker: null, repeated, source };
}

/** The row of another way to the same effect, which nothing takes. */
export function otherWayTo(row: SurfaceRow, endpoint: string, why: string): SurfaceRow {
  return { ...row, endpoint, reach: { by: 'another', endpoint: row.endpoint, why } };
}

/** Of a twin that does the same and tells no more. */
export const SAME = 'The same, and it tells no more.';
/** Of a direct endpoint whose document method answers the job. */
export const DROPS_JOB = 'It drops the name of the job, by which the effect is followed.';
