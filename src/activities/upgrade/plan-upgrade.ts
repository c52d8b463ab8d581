import type { PlanArgs } from '../../domain/activity-types.js';
import type { UpgradeSiteInput } from '../../domain/inputs.js';
import type { Check, Plan } from '../../domain/plan.js';
import type { UpgradeTarget } from '../../domain/site-changes.js';
import { fail, pass } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { beginning } from '../maintenance.js';
import { announcePlan, inputOf } from '../planning.js';
import { planSafetyCopy } from '../safety-copy/index.js';
import { changeDraft, downtime, siteChange } from './change-plan.js';
import { makingOf, startsEarlier } from '../bench-group/plan-making.js';
import { compatibilityChecks, readCompatibility } from './compatibility.js';
import { chooseDestination, type Destination, nextVersion } from './destination.js';
import { estimateOf } from '../site/site-checks.js';
import { readSite, type SiteReading } from '../site/site-reading.js';

const UPGRADE_SECONDS = 20 * 60;
const NEW_BENCH_SECONDS = 10 * 60;
const NOWHERE: Destination = { path: 'public', group: null, checks: [] };

/** Preflight of an upgrade: read-only (C 1). */
export function createPlanUpgradeActivities(deps: ActivityDeps) {
  const { accounts, policy, timing } = deps;
  return {
    async planUpgrade(args: PlanArgs<UpgradeSiteInput>): Promise<Plan<UpgradeTarget>> {
      return whileBeating(() => plan(args));
    },
  };

  async function plan({ ref, input: given, underLock }: PlanArgs<UpgradeSiteInput>) {
    const input = inputOf('upgrade', given);
    const account = accounts.get(input.account);
    const reading = await readSite(account, input.site);
    const version = nextVersion(reading.site.version);
    const skip = input.safetyCopy === 'skip';
    const [found, copy] = await Promise.all([
      readCompatibility(account, reading),
      planSafetyCopy(deps, account, input.site, { mode: 'new', skip }),
    ]);
    const destination =
      version === null ? NOWHERE : await chooseDestination(account, reading, input, version, found);
    const { path, group, checks } = destination;
    const compatibility = version === null ? [] : compatibilityChecks(found, input, version);
    const making = makingOf(destination, timing);
    // On public benches Press chooses, so that ours is only a guess (C 1.1).
    const named = path === 'public' ? null : (group?.name ?? null);
    const target: UpgradeTarget = {
      ...siteChange(reading, input, {
        policy,
        copy,
        after: { version, group: named, bench: null },
      }),
      path,
      server: reading.site.server ?? '',
      group: named,
      ...(making !== null && { newBench: making.bench }),
    };
    const seconds = estimateOf(reading, UPGRADE_SECONDS);
    const addsServer = path === 'add_server';
    const touched = Date.now() + (making?.leadMs ?? 0);
    const begins = beginning(policy.maintenance, input.at, touched);
    const draft = changeDraft(reading, input, {
      what: 'upgrade',
      undo: 'Press puts it back; else the copy is restored',
      ...(addsServer && { first: [{ name: 'add server', undo: 'none: Press prunes it later' }] }),
      ...(making !== null && { first: making.steps, mayLose: making.mayLose }),
      target,
      summary: [
        `${reading.site.version ?? 'unknown version'} to ${version ?? 'none'}`,
        group?.title ?? making?.says ?? 'no group',
        reading.apps.join(', '),
        downtime(seconds),
      ],
      allowed: ['Active', 'Inactive'],
      checks: [versionCheck(reading, version, input.version), ...checks, ...compatibility],
      copy,
      begins: making === null ? begins : startsEarlier(begins, making.leadMs),
      underLock,
      seconds: seconds + (addsServer ? NEW_BENCH_SECONDS : 0) + (making?.seconds ?? 0),
      ...(addsServer && named !== null && { resources: [`group:${named}`] }),
      ...(making !== null && { resources: making.resources }),
    });
    return announcePlan(deps, { ref, underLock }, draft);
  }
}

function versionCheck(
  { site }: SiteReading,
  next: string | null,
  wanted: string | undefined,
): Check {
  const now = site.version ?? 'an unknown version';
  if (wanted !== undefined && wanted === site.version) {
    return fail('version', `it is on ${now} already`);
  }
  if (next === null) return fail('version', `from ${now} no upgrade leads on`);
  if (wanted !== undefined && wanted !== next) {
    return fail('version', `Press goes from ${now} to ${next}, not to ${wanted}`);
  }
  return pass('version', `${now} to ${next}`);
}
