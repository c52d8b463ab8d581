import type { UpdateRow, UpdateStatus } from '../world/updates.js';

const OPEN: ReadonlySet<UpdateStatus> = new Set([
  'Pending',
  'Running',
  'Failure',
  'Scheduled',
  'Recovering',
]);

/** Whether an update keeps others away (C 2.1). */
export const isOpenUpdate = ({ status }: UpdateRow): boolean => OPEN.has(status);
