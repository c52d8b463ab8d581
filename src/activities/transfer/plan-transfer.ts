import type { PlanArgs } from '../../domain/activity-types.js';
import type { TransferSiteInput } from '../../domain/inputs.js';
import type { Plan } from '../../domain/plan.js';
import { transferOf, type TransferTarget } from '../../domain/transfers.js';
import {
  type Account,
  type AppSubscription,
  listAppSubscriptions,
  type SiteStatus,
} from '../../frappe-cloud/index.js';
import { teamCheck, warn } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { announcePlan, inputOf } from '../planning.js';
import { openWorkChecks, statusCheck } from '../site/site-checks.js';
import { siteFacts } from '../site/site-facts.js';
import { readSite, type SiteReading } from '../site/site-reading.js';

const DAY_MS = 24 * 60 * 60_000;
const DEFAULT_PATIENCE_DAYS = 14;
const ANY: readonly SiteStatus[] = ['Active', 'Inactive', 'Broken', 'Suspended'];

/** Preflight of a transfer: read-only. Whether the receiver has a team, only sending tells (C 8.1). */
export async function planTransfer(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<TransferSiteInput>,
): Promise<Plan<TransferTarget>> {
  const input = inputOf('transfer', given);
  const { site, to, patienceDays = DEFAULT_PATIENCE_DAYS } = input;
  const account = deps.accounts.get(input.account);
  const [reading, subscriptions, locks] = await Promise.all([
    readSite(account, site),
    listAppSubscriptions(account.press, { site }),
    deps.ledger.locks(),
  ]);
  const holder = locks.find(({ resource }) => resource === transferOf(site))?.operationId;
  const stays = whatStays(account, reading, subscriptions);
  return announcePlan(
    deps,
    { ref, underLock },
    {
      site,
      summary: [`to ${to}`, reading.site.plan, reading.apps.join(', ')].filter(Boolean).join(' · '),
      target: {
        site,
        to,
        reason: input.reason ?? `transfer of ${site}`,
        patienceMs: Math.round(patienceDays * DAY_MS),
        stays,
      },
      steps: [{ name: 'send request' }, { name: 'confirmation' }],
      pointOfNoReturn: 'send request',
      mayLose: [
        'every access of ours to the site and to its backups at Press, and any way back',
        'the link that is mailed cannot be withdrawn, whenever it is used',
        ...Object.values(stays),
        'its config key fc_team names the old team until its configuration is next saved',
      ],
      checks: [
        teamCheck(reading.site, reading.self),
        statusCheck(reading, { allowed: ANY, underLock }),
        ...openWorkChecks(reading, { underLock }),
        ...(holder === undefined || holder === ref.operationId
          ? []
          : [
              warn(
                'another transfer',
                `${holder} waits for its receiver: this queues behind it, and not for weeks`,
              ),
            ]),
      ],
      facts: {
        requestedBy: input.requestedBy,
        ...siteFacts(reading),
      },
      resources: [`site:${site}`, transferOf(site)],
      estimateSeconds: DAY_MS / 1_000,
    },
  );
}

/** C 8.2: only the site, its own subscription, its domains and its backups change hands. */
function whatStays(
  { team }: Account,
  { site }: SiteReading,
  subscriptions: readonly AppSubscription[],
): TransferTarget['stays'] {
  const apps = subscriptions.filter(({ enabled }) => enabled).map(({ app }) => app);
  return {
    ...(apps.length > 0 && {
      'app subscriptions': `those of ${apps.join(', ')} stay with us, and go on at our cost`,
    }),
    ...(site.group !== null &&
      site.group_team === team && {
        'bench group': `${site.group} stays ours: the site stands on it all the same`,
      }),
  };
}
