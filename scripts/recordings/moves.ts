import { approved } from './approvals.js';
import { failsAt } from './faults.js';
import { by, inTurn, once, type Recording } from './recording.js';

const MIGRATION = 'Site Migration';
const input = { cluster: 'Frankfurt' };

/** Moves to another region, in the ways they go. */
export const moveRecordings: readonly Recording<'move'>[] = [
  { kind: 'move', scenario: 'succeeded', subdomain: 'rec-mv-works', input, act: approved() },
  {
    kind: 'move',
    scenario: 'put-back',
    subdomain: 'rec-mv-back',
    input,
    faults: (site) => [failsAt(site, MIGRATION, 'Backup site on source')],
    act: approved(),
  },
  {
    kind: 'move',
    scenario: 'activated',
    subdomain: 'rec-mv-off',
    input,
    faults: (site) => [failsAt(site, MIGRATION, 'Deactivate site on source')],
    act: approved(),
  },
  {
    kind: 'move',
    scenario: 'moved-all-the-same',
    subdomain: 'rec-mv-late',
    input,
    faults: (site) => [failsAt(site, MIGRATION, 'Update site plan')],
    act: approved(),
  },
  {
    kind: 'move',
    scenario: 'directory-gone',
    subdomain: 'rec-mv-gone',
    input,
    faults: (site) => [failsAt(site, 'Archive Site', 'Reload NGINX')],
    act: inTurn(
      approved(),
      once('needs_human', (client, { workflowId }) => {
        void client.resolve(workflowId, 'abandon', by);
      }),
    ),
  },
];
