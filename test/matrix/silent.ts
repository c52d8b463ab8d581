import type { Asked, Moment, Row, Scene } from './row.js';

const answers =
  (responsive: boolean) =>
  ({ harness, site }: Scene): void =>
    harness.simulator.setResponsive(site, responsive);

/** From a moment on the site does not answer; the person who is asked mends it, then says this. */
export const silentFrom = (
  when: Moment,
  { problem = 'VerificationFailed', says = 'retry' }: Partial<Pick<Asked, 'problem' | 'says'>> = {},
): Required<Pick<Row<object>, 'acts' | 'asks'>> => ({
  acts: [{ do: 'meddle', when, deed: answers(false) }],
  asks: [{ problem, says, after: answers(true) }],
});
