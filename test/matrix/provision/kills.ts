import { onCreate, onJob, onMethod } from '../../integration/provision/support.js';
import { AFTER, BEFORE, killed, killedInCall, SLOW } from '../killed.js';
import type { Names } from '../row.js';
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
import { appPlanPart, configPart } from './later.js';
import { BUILD_UNDONE, onDrop, ORDER_UNDONE, ORDERED_SITE } from './order.js';

const failed = (site: string) => onJob(site, 'New Site', { kind: 'fail_step', step: 0 });
const ordered = () => ({ plan: 'USD 200 Private' });
const domain = ({ domain: name }: Names) => ({ customDomains: [name] });
const NEW = 'press.api.site.new';

const slowArchive = { kind: 'slow', factor: 50 } as const;
/** A call that is done with its answer, as it is found after the death of the worker, or sent again. */
const DEATHS = [
  ['before Press has the call: sent again at once', BEFORE, 'sent'],
  ['after Press has done it: found', AFTER, 'adopted'],
] as const;

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly ProvisionRow[] = [
  killed({
    step: 'preflight',
    accident: 'while it reads',
    faults: ({ site }) => [onSiteRead(site, BEFORE)],
    when: called('press.api.client.get'),
    expect: DONE,
  }),
  killed({
    step: 'create',
    accident: 'before Press has the call: sent again after five minutes',
    faults: ({ subdomain }) => [onCreate(subdomain, BEFORE)],
    when: called(NEW),
    expect: DONE,
  }),
  killed({
    step: 'create',
    accident: 'after Press has done it: found',
    faults: ({ subdomain }) => [onCreate(subdomain, AFTER)],
    when: did('site.create'),
    expect: { ...DONE, ledger: ['create adopted'] },
  }),
  killed({
    step: 'create',
    accident: 'while the job runs',
    faults: ({ site }) => [onJob(site, 'New Site', SLOW)],
    when: follows('create'),
    expect: DONE,
  }),
  ...killedInCall({
    step: 'config',
    wrong: configPart.wrong,
    done: {
      ...DONE,
      effects: ['site.create', 'config.update'],
      ledger: ['create sent', 'config sent'],
    },
    method: 'Site.update_config',
    effect: 'config.update',
    isHarmless: true,
  }).map((row) => ({ ...row, input: configPart.input })),
  killed({
    step: 'verify',
    accident: 'while it reads',
    faults: ({ site }) => [onSiteRead(site, BEFORE, { nth: 3 })],
    when: isIn('verifying'),
    expect: DONE,
  }),
  killed({
    step: 'create: build',
    accident: 'while it runs',
    input: ordered,
    when: follows('create'),
    expect: ORDERED_SITE,
  }),
  killed({
    step: 'undo of an order',
    accident: 'after Press has dropped the group',
    input: ordered,
    faults: ({ subdomain }) => [{ build: { subdomain }, fault: { kind: 'fail' } }],
    acts: [onDrop(AFTER)],
    when: did('group.delete'),
    expect: { ...BUILD_UNDONE, ledger: ['create sent', 'undo group adopted'] },
  }),
  ...DEATHS.map(([accident, fault, how]) =>
    killed({
      step: 'app plan insights',
      accident,
      input: appPlanPart.input,
      ...appPlanPart.wrong(fault),
      when: appPlanPart.underWay,
      expect: {
        ...DONE,
        effects: ['site.create', 'app_plan.change'],
        ledger: ['create sent', `app plan insights ${how}`],
      },
    }),
  ),
  ...DEATHS.map(([accident, fault, how]) =>
    killed({
      step: 'domain',
      accident,
      input: domain,
      before: ({ harness, site, domain: name }) =>
        harness.simulator.setDns(name, { CNAME: [site] }),
      faults: ({ site }) => [
        { call: { method: 'press.api.site.add_domain', body: { name: site } }, fault },
      ],
      when: called('press.api.site.add_domain'),
      expect: {
        ...DONE,
        effects: ['site.create', 'domain.add'],
        ledger: ['create sent', `domain ${how}`],
      },
    }),
  ),
  killed({
    step: 'undo',
    accident: 'before Press has the archive: sent again after five minutes',
    faults: ({ site }) => [failed(site), onMethod(site, 'archive', BEFORE)],
    when: called('Site.archive'),
    expect: UNDONE,
  }),
  killed({
    step: 'undo',
    accident: 'after Press has begun to archive: found',
    faults: ({ site }) => [failed(site), onMethod(site, 'archive', AFTER)],
    when: did('site.archive'),
    expect: { ...UNDONE, ledger: ['create sent', 'undo create adopted'] },
  }),
  killed({
    step: 'undo',
    accident: 'while the archive runs',
    faults: ({ site }) => [failed(site), onJob(site, 'Archive Site', slowArchive)],
    when: runs('Archive Site'),
    expect: UNDONE,
  }),
  killed({
    step: 'create: order',
    accident: 'after Press has the order: found, one order only',
    input: ordered,
    faults: ({ subdomain }) => [onCreate(subdomain, AFTER)],
    when: did('sgd.create'),
    expect: { ...ORDERED_SITE, ledger: ['create adopted'] },
  }),
  killed({
    step: 'undo of an order',
    accident: 'while the site is archived',
    input: ordered,
    faults: ({ site }) => [failed(site), onJob(site, 'Archive Site', slowArchive)],
    when: runs('Archive Site'),
    expect: ORDER_UNDONE,
  }),
];
