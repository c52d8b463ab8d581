import type { Check, PlanStep } from '../../domain/plan.js';
import { safetyCopySteps, type SafetyCopyPlan } from '../../domain/safety-copy.js';
import { type Account, getSite } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { offsiteBackups } from './backups.js';
import { chooseStandIn, type StandIn } from './stand-in.js';
import { inWords } from './words.js';

/** What a preflight says of the copy that comes before anything is touched. */
export interface SafetyCopyDraft {
  readonly plan: SafetyCopyPlan;
  readonly checks: readonly Check[];
  /** What whoever approves has to say by name. */
  readonly acknowledge: readonly string[];
  /** To be shown before those of the operation. */
  readonly steps: readonly PlanStep[];
}

/** The web server of such a site hands out no files (D 3). */
const NOT_SERVING: readonly string[] = ['Broken', 'Inactive', 'Suspended'];

/**
 * Which copy an operation will have to go back to (D 4.4). Reads only. A site that cannot serve its
 * files falls back to the newest copy there is, and somebody has to acknowledge that.
 *
 * @param wish.mode `recent`: the newest offsite backup serves when it is young enough by policy
 * @param wish.skip the operation asks to do without; policy answers that, by `skipsSafetyCopy`
 */
export async function planSafetyCopy(
  deps: ActivityDeps,
  account: Account,
  site: string,
  { mode, skip }: { readonly mode: 'new' | 'recent'; readonly skip: boolean },
): Promise<SafetyCopyDraft> {
  const { maxAgeMs } = deps.policy.safetyCopy;
  if (skip) {
    return draft({ mode: 'none', maxAgeMs }, 'warn', 'none is made: there will be no way back');
  }
  const found = await getSite(account.press, { site });
  // What is not ours stands in the way of the whole operation; its own checks say so.
  if (found.found !== 'own') {
    return { plan: { mode, maxAgeMs }, checks: [], acknowledge: [], steps: [] };
  }
  const { site: own } = found;
  const isServing = !NOT_SERVING.includes(own.status);
  const detail = 'a new backup with files goes into the vault';
  if (mode === 'new' && isServing) return draft({ mode, maxAgeMs }, 'pass', detail);

  const backups = await offsiteBackups(account, own);
  const [newest] = backups;
  if (mode === 'recent' && newest?.problem === null && newest.ageMs <= maxAgeMs) {
    return draft({ mode, maxAgeMs }, 'pass', `${inWords(newest.copy)} serves`);
  }
  if (isServing) {
    const why = newest?.problem ?? 'it is too old';
    const passedOver = newest ? `; not ${inWords(newest.copy)}: ${why}` : '';
    return draft({ mode, maxAgeMs }, 'pass', detail + passedOver);
  }
  const standIn = await chooseStandIn(deps, account, own, backups);
  const plan: SafetyCopyPlan = { mode, maxAgeMs, standIn: standIn.copy };
  const why = `the site is ${own.status} and cannot hand out its files`;
  return draft(plan, 'warn', standInDetail(why, standIn), acknowledgementsOf(standIn));
}

function standInDetail(why: string, { copy, problem, passedOver }: StandIn): string {
  const found = copy === null ? ', and there is no older copy' : `: ${inWords(copy)} stands in`;
  const doubt = problem === null ? '' : `, but ${problem}`;
  return [why + found + doubt, ...passedOver.map((other) => `not ${other}`)].join('; ');
}

function acknowledgementsOf({ copy, problem }: StandIn): readonly string[] {
  if (copy === null) return ['no-safety-copy-at-all'];
  return ['no-copy-of-today', ...(problem === null ? [] : ['doubtful-copy'])];
}

function draft(
  plan: SafetyCopyPlan,
  result: Check['result'],
  detail: string,
  acknowledge: readonly string[] = [],
): SafetyCopyDraft {
  const checks = [{ name: 'safety copy', result, detail }];
  return { plan, checks, acknowledge, steps: safetyCopySteps(plan) };
}
