import type { PlanArgs } from '../../domain/activity-types.js';
import type { RestoreSiteInput } from '../../domain/inputs.js';
import type { Check, Plan, PlanStep } from '../../domain/plan.js';
import {
  partsToRestore,
  type FilesAtPress,
  type RestoreOrigin,
  type RestoreTarget,
} from '../../domain/restore.js';
import type { CopyFileKind } from '../../domain/safety-copy.js';
import { teamCheck } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, inputOf, type Draft } from '../planning.js';
import { planSafetyCopy, type SafetyCopyDraft } from '../safety-copy/index.js';
import { siteFacts } from '../site/site-facts.js';
import { readSite, type SiteReading } from '../site/site-reading.js';
import { pass } from '../checks.js';
import {
  appsCheck,
  comingCheck,
  droppedApps,
  partsCheck,
  spaceCheck,
  statusCheck,
  versionCheck,
} from './restore-checks.js';
import { readSource, type SourceReading } from './restore-source.js';
import { losses, whatHappens } from './restore-words.js';

/** What preflight read, and what follows from it. */
interface Findings {
  readonly input: RestoreSiteInput;
  readonly reading: SiteReading;
  readonly source: SourceReading;
  readonly copy: SafetyCopyDraft;
  readonly target: RestoreTarget;
}

/**
 * Preflight of a restore: read-only. Checks what Press does not: whose the data is, its version and
 * apps, its size, and what is planned for the site afterwards (B 2.1, B 2.4, observed-2 3).
 */
export function createPlanRestoreActivities(deps: ActivityDeps) {
  return {
    async planRestore(args: PlanArgs<RestoreSiteInput>): Promise<Plan<RestoreTarget>> {
      return whileBeating(() => plan(deps, args));
    },
  };
}

async function plan(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<RestoreSiteInput>,
): Promise<Plan<RestoreTarget>> {
  const input = inputOf('restore', given);
  const account = deps.accounts.get(input.account);
  const [reading, source] = await Promise.all([
    readSite(account, input.site),
    readSource(account, deps.vault, input),
  ]);
  const copy = await planSafetyCopy(deps, account, input.site, {
    mode: 'new',
    skip: input.safetyCopy === 'skip',
  });
  const target = targetOf(deps, { input, reading, source, copy });
  const { parts } = target;
  const checks = [
    teamCheck(account, reading.self),
    statusCheck(reading, underLock),
    comingCheck(reading),
    ...source.checks,
    partsCheck(source, input.parts),
    versionCheck(reading, source, parts),
    appsCheck(reading, source, parts),
    await spaceCheck(account, input.site, source, parts),
    pass('what happens', whatHappens(parts)),
    ...copy.checks,
  ];
  const draft = draftOf({ input, reading, source, copy, target }, checks);
  return announcePlan(deps, { ref, underLock }, draft);
}

function targetOf(
  { policy }: ActivityDeps,
  { input, reading, source, copy }: Omit<Findings, 'target'>,
): RestoreTarget {
  const { site, apps } = reading;
  const parts = partsToRestore(source.has, input.parts ?? source.has);
  const kept = parts.includes('database') && source.apps !== null ? source.apps : apps;
  return {
    site: input.site,
    team: site.team,
    from: narrowed(source.origin, parts),
    source: source.says,
    parts,
    skipFailingPatches: input.skipFailingPatches ?? false,
    maySkipFailingPatches: policy.patches.skipFailing === 'allow',
    safetyCopy: copy.plan,
    apps: apps.filter((app) => kept.includes(app)),
    appsBefore: apps,
    statusBefore: site.status === 'Inactive' || site.status === 'Broken' ? site.status : 'Active',
    httpProbe: policy.verification.http,
  };
}

/** Press is told of what is replaced only. */
function narrowed(origin: RestoreOrigin, parts: readonly CopyFileKind[]): RestoreOrigin {
  if (origin.kind !== 'files') return origin;
  const files: FilesAtPress = Object.fromEntries(
    parts.flatMap((kind) => {
      const file = origin.files[kind];
      return file === undefined ? [] : [[kind, file]];
    }),
  );
  return { kind: 'files', files };
}

function draftOf(
  { input, reading, source, copy, target }: Findings,
  checks: readonly Check[],
): Draft<RestoreTarget> {
  const { parts } = target;
  const dropped = droppedApps(reading, source, parts);
  return {
    site: input.site,
    summary: [source.says, parts.join(', '), reading.site.version ?? 'unknown version'].join(' · '),
    target,
    steps: stepsOf(target, copy.steps),
    pointOfNoReturn: 'restore',
    mayLose: losses(parts, { takenAt: source.takenAt, dropped }),
    checks,
    facts: {
      requestedBy: input.requestedBy,
      ...siteFacts(reading),
      ...(input.safetyCopy === 'skip' && { skipsSafetyCopy: true }),
      ...(input.skipFailingPatches && { skipsFailingPatches: true }),
    },
    acknowledge: [...copy.acknowledge, ...(dropped.length > 0 ? ['apps-are-taken-out'] : [])],
    resources: [`site:${input.site}`],
    estimateSeconds: ESTIMATE_SECONDS,
  };
}

/** Nobody says; about as long as the backup took (B 7). */
const ESTIMATE_SECONDS = 20 * 60;

function stepsOf({ from }: RestoreTarget, copying: readonly PlanStep[]): readonly PlanStep[] {
  const back = 'back to the safety copy';
  return [
    ...copying,
    ...(from.kind === 'copy' ? [{ name: 'upload' }] : []),
    { name: 'restore', ...(copying.length > 0 && { undo: back }) },
    { name: 're-sync' },
    { name: 'verify', ...(copying.length > 0 && { undo: back }) },
  ];
}
