import type { CallFault } from '../../../simulators/press/index.js';
import type { TransferSiteInput } from '../../../src/client.js';
import type { HarnessOptions } from '../../support/harness.js';
import { did } from '../provision/common.js';
import type { Act, Asked, Row } from '../row.js';

export type TransferRow = Row<TransferSiteInput>;

const PATH = 'A site of ours';
export const STEP = 'send request';
export const SEND = 'press.api.site.send_change_team_request';
export const OURS = 'the site, Active';
const THEIRS = 'the site of another team, Active';

/** Somebody of the other team follows the link, once it was mailed. */
export const theyFollow: Act = {
  do: 'meddle',
  when: did('site.transfer_request'),
  deed: ({ harness, site }) => void harness.simulator.confirmTransfer(site),
};
export const follow: Asked['after'] = ({ harness, site }) =>
  void harness.simulator.confirmTransfer(site);

export const onSend =
  (fault: CallFault) =>
  ({ site }: { readonly site: string }) => [
    { call: { method: SEND, body: { name: site } }, fault },
  ];

export const ASKED = ['attention: OutcomeUnknown'] as const;
export const DONE = {
  outcome: 'succeeded',
  effects: ['site.transfer_request', 'site.transfer'],
  left: THEIRS,
  ledger: ['send request sent'],
} as const;

export const row = (told: Omit<TransferRow, 'path'>): TransferRow => ({ path: PATH, ...told });

export const USUAL: HarnessOptions = {
  speed: 400,
  commandMs: 800,
  policy: { transfer: [{ name: 'all', when: {}, approval: 'none' }] },
};
/** A world of its own: what our key is told about itself is told to every row. */
export const ANOTHER_TEAM = 'a key that acts for another team';
