import { detailOf, handlesIn, renewalOf, SECRET_KINDS } from '../../domain/hand-over.js';
import type { HandedOverSecret } from '../handed-over.js';
import { block, type Row } from './rows.js';

type Details = Readonly<Record<string, string>>;

/**
 * How to get what an operation has handed over, and what became of the rest.
 *
 * @param known by the ledger; without it everything may still wait
 */
export function secretRows(
  details: Details,
  known?: readonly HandedOverSecret[] | null,
): readonly Row[] {
  const waiting = known?.filter(({ state }) => state === 'waits') ?? handlesIn(details);
  const gone = known?.filter(({ state }) => state !== 'waits') ?? [];
  return [
    ...block(
      'waits for you',
      waiting.map(({ label, handle }) => `${label}, once: npx sitewright claim ${handle}`),
    ),
    ...block(
      'handed over',
      gone.map((secret) => `${secret.label}: ${fateOf(secret)}`),
    ),
  ];
}

/** Times as ISO text: whoever shows it knows the time zone. */
function fateOf({ label, state, at, by }: HandedOverSecret): string {
  const when = at === null ? '' : ` at ${at}`;
  switch (state) {
    case 'claimed':
      return `claimed${by === null ? '' : ` by ${by}`}${when}`;
    case 'expired':
      return `expired${when}, claimed by nobody: ${renewalOf(label)}`;
    case 'wiped':
      return `wiped${when}: it opens nothing any more`;
    case 'waits':
      return `waits${at === null ? '' : ` until ${at}`}`;
  }
}

/** The other details. */
export function plainDetails(details: Details): readonly Row[] {
  const secrets = SECRET_KINDS.map(detailOf);
  return Object.entries(details).filter(([name, value]) => value !== '' && !secrets.includes(name));
}
