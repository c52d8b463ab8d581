import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { onCreate, onJob, onMethod } from '../../integration/provision/support.js';
import type { Moment, Names } from '../row.js';
import {
  called,
  did,
  DONE,
  follows,
  runs,
  isIn,
  onSiteRead,
  type ProvisionRow,
  UNDONE,
} from './common.js';
import { appPlanPart } from './later.js';
import { BUILD_UNDONE, onDrop, ORDER_UNDONE, ORDERED_SITE } from './order.js';

const KILLED = { path: 'When the worker is killed', world: 'a worker that is killed' } as const;

/** Only the kill ends it: the worker would wait for two minutes of real time. */
const BEFORE: CallFault = { kind: 'hang', effect: false };
const AFTER: CallFault = { kind: 'hang' };

const killed = (
  step: string,
  accident: string,
  when: Moment,
  faults: (names: Names) => readonly FaultRule[],
  rest: Pick<ProvisionRow, 'input' | 'before' | 'acts' | 'expect'>,
): ProvisionRow => ({
  ...KILLED,
  step,
  accident,
  faults,
  ...rest,
  acts: [...(rest.acts ?? []), { do: 'kill', when }],
});

const failed = (site: string) => onJob(site, 'New Site', { kind: 'fail_step', step: 0 });
const ordered = () => ({ plan: 'USD 200 Private' });
const config = () => ({ config: { mail_server: 'smtp.example.com' } });
const domain = ({ domain: name }: Names) => ({ customDomains: [name] });
const CONFIGURED = { ...DONE, effects: ['site.create', 'config.update'] };
const NEW = 'press.api.site.new';

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly ProvisionRow[] = [
  killed(
    'preflight',
    'while it reads',
    called('press.api.client.get'),
    ({ site }) => [onSiteRead(site, BEFORE)],
    { expect: DONE },
  ),
  killed(
    'create',
    'before Press has the call: sent again after five minutes',
    called(NEW),
    ({ subdomain }) => [onCreate(subdomain, BEFORE)],
    { expect: DONE },
  ),
  killed(
    'create',
    'after Press has done it: found',
    did('site.create'),
    ({ subdomain }) => [onCreate(subdomain, AFTER)],
    { expect: { ...DONE, ledger: ['create adopted'] } },
  ),
  killed(
    'create',
    'while the job runs',
    follows('create'),
    ({ site }) => [onJob(site, 'New Site', { kind: 'slow', factor: 20 })],
    { expect: DONE },
  ),
  killed(
    'config',
    'before Press has the call: sent again at once',
    called('Site.update_config'),
    ({ site }) => [onMethod(site, 'update_config', BEFORE)],
    { input: config, expect: { ...CONFIGURED, ledger: ['create sent', 'config sent'] } },
  ),
  killed(
    'config',
    'after Press has done it: found',
    did('config.update'),
    ({ site }) => [onMethod(site, 'update_config', AFTER)],
    { input: config, expect: { ...CONFIGURED, ledger: ['create sent', 'config adopted'] } },
  ),
  killed(
    'verify',
    'while it reads',
    isIn('verifying'),
    ({ site }) => [onSiteRead(site, BEFORE, { nth: 3 })],
    { expect: DONE },
  ),
  killed('create: build', 'while it runs', follows('create'), () => [], {
    input: ordered,
    expect: ORDERED_SITE,
  }),
  killed(
    'undo of an order',
    'after Press has dropped the group',
    did('group.delete'),
    ({ subdomain }) => [{ build: { subdomain }, fault: { kind: 'fail' } }],
    {
      input: ordered,
      acts: [onDrop(AFTER)],
      expect: { ...BUILD_UNDONE, ledger: ['create sent', 'undo group adopted'] },
    },
  ),
  ...(
    [
      ['before Press has the call: sent again at once', BEFORE, 'app plan insights sent'],
      ['after Press has done it: found', AFTER, 'app plan insights adopted'],
    ] as const
  ).map(([accident, fault, ledger]) =>
    killed('app plan insights', accident, appPlanPart.underWay, () => [], {
      input: appPlanPart.input,
      acts: appPlanPart.wrong(fault).acts,
      expect: {
        ...DONE,
        effects: ['site.create', 'app_plan.change'],
        ledger: ['create sent', ledger],
      },
    }),
  ),
  ...(
    [
      ['before Press has the call: sent again at once', BEFORE, 'domain sent'],
      ['after Press has done it: found', AFTER, 'domain adopted'],
    ] as const
  ).map(([accident, fault, ledger]) =>
    killed(
      'domain',
      accident,
      called('press.api.site.add_domain'),
      ({ site }) => [
        { call: { method: 'press.api.site.add_domain', body: { name: site } }, fault },
      ],
      {
        input: domain,
        before: ({ harness, site, domain: name }) =>
          harness.simulator.setDns(name, { CNAME: [site] }),
        expect: {
          ...DONE,
          effects: ['site.create', 'domain.add'],
          ledger: ['create sent', ledger],
        },
      },
    ),
  ),
  killed(
    'undo',
    'before Press has the archive: sent again after five minutes',
    called('Site.archive'),
    ({ site }) => [failed(site), onMethod(site, 'archive', BEFORE)],
    { expect: UNDONE },
  ),
  killed(
    'undo',
    'after Press has begun to archive: found',
    did('site.archive'),
    ({ site }) => [failed(site), onMethod(site, 'archive', AFTER)],
    { expect: { ...UNDONE, ledger: ['create sent', 'undo create adopted'] } },
  ),
  killed(
    'undo',
    'while the archive runs',
    runs('Archive Site'),
    ({ site }) => [failed(site), onJob(site, 'Archive Site', { kind: 'slow', factor: 50 })],
    { expect: UNDONE },
  ),
  killed(
    'create: order',
    'after Press has the order: found, one order only',
    did('sgd.create'),
    ({ subdomain }) => [onCreate(subdomain, AFTER)],
    { input: ordered, expect: { ...ORDERED_SITE, ledger: ['create adopted'] } },
  ),
  killed(
    'undo of an order',
    'while the site is archived',
    runs('Archive Site'),
    ({ site }) => [failed(site), onJob(site, 'Archive Site', { kind: 'slow', factor: 50 })],
    { input: ordered, expect: ORDER_UNDONE },
  ),
];
