import { PATIENT } from '../../integration/upgrade/support.js';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';
import type { Matrix } from '../row.js';
import { type Asking, siteLeft } from './common.js';
import { dnsRows } from './dns.js';
import { jobRows } from './jobs.js';
import { killRows } from './kills.js';
import { sendingRows } from './sending.js';
import { uninstallRows } from './uninstall.js';

const usual = { speed: 400, commandMs: 2_000, timing: { ...PATIENT, horizon: 3_000 } } as const;

const worlds = {
  usual,
  'impatient with DNS': { ...usual, policy: { customDomains: { dnsDeadlineMs: 500 } } },
  ...killedWorld,
} satisfies Record<string, HarnessOptions>;

/** Every accident of an operation that is one change of a site, and how it ends. */
export const adjustmentsMatrix: Matrix<Asking> = {
  kind: 'update-config',
  page: { name: 'adjust-site', title: 'Small operations', folder: 'adjustments' },
  introduction: `Each heading is a kind of operation; what is told of
one call is the same for all of them.`,
  worlds,
  left: siteLeft,
  start: async ({ client }, { kind = 'update-config', secret, ...asked }, { site }) => {
    const input = { account: 'main', requestedBy: 'ops', site, ...asked };
    if (secret === undefined) return client.start(kind, input);
    const sealed = Object.entries(secret as Record<string, string>).map(
      async ([key, value]) => [key, await client.seal(value)] as const,
    );
    const config = Object.fromEntries(await Promise.all(sealed));
    return client.start('update-config', { ...input, config });
  },
  rows: [...sendingRows, ...jobRows, ...uninstallRows, ...dnsRows, ...killRows],
};
