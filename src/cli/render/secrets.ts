import { detailOf, HAND_OVER_KINDS, handlesIn } from '../../domain/hand-over.js';
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
  const secret = HAND_OVER_KINDS.map(detailOf);
  return Object.entries(details).filter(([name, value]) => value !== '' && !secret.includes(name));
}
