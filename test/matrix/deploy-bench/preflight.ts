import { OWN_APP } from '../../integration/deploy-bench/support.js';
import { type DeployRow, withGroup } from './common.js';

const row = (
  accident: string,
  says: RegExp,
  rest: Pick<DeployRow, 'input'> & { readonly before?: DeployRow['before'] },
): DeployRow => ({
  path: 'Before anything is done',
  step: 'preflight',
  accident,
  before: withGroup(),
  ...rest,
  expect: {
    outcome: 'refused',
    effects: [],
    left: 'the old bench, Active',
    ledger: [],
    says,
  },
});

/** What stands in the way. */
export const preflightRows: readonly DeployRow[] = [
  row('the group belongs to somebody else', /bench-0001 is not a group of this team/, {
    input: () => ({ group: 'bench-0001' }),
  }),
  row('there is no such group', /there is no bench group bench-9999/, {
    input: () => ({ group: 'bench-9999' }),
  }),
  row('nothing has changed since the last deploy', /nothing has changed/, {
    input: () => ({}),
    before: withGroup({ unchanged: true }),
  }),
  row('an app is not in the group', /not in this group: hrms/, {
    input: () => ({ apps: ['hrms'] }),
  }),
  row('an app that was asked for has nothing newer', /no approved release/, {
    input: () => ({ apps: [OWN_APP] }),
    before: withGroup({ unchanged: true }),
  }),
  row('a site stands elsewhere', /these stand elsewhere: elsewhere/, {
    input: () => ({ sites: ['elsewhere.frappe.cloud'] }),
  }),
  row('somebody deploys it already', /deploy in progress: pipeline .* wait until it has ended/, {
    input: () => ({}),
    before: withGroup({
      more: async ({ harness, subdomain: title }, name) => {
        const fault = { kind: 'late', seconds: 864_000 } as const;
        harness.simulator.addFault({ pipeline: { title }, fault });
        const asked = { name, apps: [], sites: [] };
        await harness.press('main', 'press.api.bench.deploy_and_update', asked);
      },
    }),
  }),
];
