import type { OperationKind } from '../../src/client.js';
import { failsAt } from './faults.js';
import type { Recording } from './recording.js';

const jobFails = (jobType: string) => (site: string) => [failsAt(site, jobType, 0)];

const one = <K extends OperationKind>(recording: Recording<K>): Recording => recording;

/** Operations that are one change of a site, a backup, or a link. */
export const smallRecordings: readonly Recording[] = [
  one({ kind: 'backup', scenario: 'succeeded', subdomain: 'rec-bu-works' }),
  one({ kind: 'login-link', scenario: 'succeeded', subdomain: 'rec-ll-works' }),
  one({ kind: 'clear-cache', scenario: 'succeeded', subdomain: 'rec-cc-works' }),
  one({
    kind: 'install-app',
    scenario: 'succeeded',
    subdomain: 'rec-ia-works',
    input: { app: 'crm' },
  }),
  one({
    kind: 'uninstall-app',
    scenario: 'restored',
    subdomain: 'rec-un-fails',
    input: { app: 'erpnext' },
    faults: (site) => [failsAt(site, 'Uninstall App from Site', 'Uninstall App from Site')],
  }),
  one({
    kind: 'update-config',
    scenario: 'succeeded',
    subdomain: 'rec-uc-works',
    input: { config: { mail_server: 'smtp.example.com' } },
  }),
  one({
    kind: 'update-config',
    scenario: 'rolled-back',
    subdomain: 'rec-uc-fails',
    input: { config: { mail_server: 'smtp.example.com' } },
    faults: jobFails('Update Site Configuration'),
  }),
  one({
    kind: 'delete-config',
    scenario: 'succeeded',
    subdomain: 'rec-dc-works',
    prepare: async ({ client, record }, site) => {
      const who = { account: record.account, requestedBy: 'recorder' };
      const config = { mail_server: 'smtp.example.com' };
      const { workflowId } = await client.start('update-config', { ...who, site, config });
      await client.wait(workflowId);
      return { key: 'mail_server' };
    },
  }),
  one({
    kind: 'change-plan',
    scenario: 'succeeded',
    subdomain: 'rec-cp-works',
    input: { plan: 'USD 50' },
  }),
];
