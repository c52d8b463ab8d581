import { detailOf, handlesIn, SECRET_KINDS } from '../../domain/hand-over.js';
import { block, type Row } from './rows.js';

type Details = Readonly<Record<string, string>>;

/** How to get what an operation has handed over. */
export function secretRows(details: Details): readonly Row[] {
  return block(
    'waits for you',
    handlesIn(details).map(({ label, handle }) => `${label}, once: npx sitewright claim ${handle}`),
  );
}

/** The other details. */
export function plainDetails(details: Details): readonly Row[] {
  const secrets = SECRET_KINDS.map(detailOf);
  return Object.entries(details).filter(([name, value]) => value !== '' && !secrets.includes(name));
}
