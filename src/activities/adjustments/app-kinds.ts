import type { Check } from '../../domain/plan.js';
import { forbiddenApps } from '../../domain/policy-guardrails.js';
import { availableApps, getAppPlans, type AvailableApp } from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import { planSafetyCopy } from '../safety-copy/index.js';
import { openWorkChecks } from '../upgrade/site-checks.js';
import type { Adjustment, Preflight } from './adjustment.js';

const SECONDS = 5 * 60;

/** Puts an app of the bench on a site. */
export const installAppKind: Adjustment<'install-app'> = {
  allowed: ['Active'],
  async plan(preflight) {
    const { account, reading, input } = preflight;
    const { site, app, plan = null } = input;
    const isThere = reading.apps.includes(app);
    const available = isThere ? [] : await availableApps(account.press, { site });
    const offered = available.find((candidate) => candidate.app === app);
    const plans = plan === null ? [] : await getAppPlans(account.press, { app });
    const price = plans.find(({ name }) => name === plan)?.price_usd;
    return {
      change: { do: 'install app', app, plan },
      ...(plan !== null && {
        undo: [{ do: 'end app subscription', app }],
        undoes: 'what it would cost is ended',
      }),
      summary: [app, plan ?? '', price === undefined ? '' : `${price} USD a month`],
      checks: [
        benchCheck(app, isThere, available, offered),
        policyCheck(preflight),
        // Press itself does not look (C 4.3).
        ...(plan === null || price !== undefined
          ? []
          : [fail('plan', `${plan} is no plan of ${app}`)]),
        ...paidCheck(offered, plan),
      ],
      facts: { apps: [...reading.apps, app] },
      estimateSeconds: SECONDS,
    };
  },
};

function benchCheck(
  app: string,
  isThere: boolean,
  available: readonly AvailableApp[],
  offered: AvailableApp | undefined,
): Check {
  if (isThere) return warn('app', `${app} is there already: nothing will change`);
  if (offered !== undefined) return pass('app', `the bench of the site has ${app}`);
  const others = available.map((each) => each.app).join(', ');
  const hint = others === '' ? 'no other app either' : `it has ${others}`;
  return fail('app', `the bench of the site has no ${app} (${hint}): deploy it there first`);
}

function policyCheck({ deps, reading, input }: Preflight<'install-app'>): Check {
  const { site, priceUsd } = reading;
  const known = { plan: site.plan ?? undefined, priceUsd: priceUsd ?? undefined };
  const forbidden = forbiddenApps(deps.policy, known, [input.app]);
  return forbidden.length === 0
    ? pass('policy', 'allowed')
    : fail('policy', `policy does not allow ${input.app} on ${site.plan ?? 'its plan'} (apps)`);
}

/** Press installs it all the same, and bills nothing (C 4.3): a mistake to be seen by a person. */
const paidCheck = (offered: AvailableApp | undefined, plan: string | null): readonly Check[] =>
  plan === null && offered?.plans?.some(({ price_usd }) => price_usd > 0)
    ? [warn('plan', 'it has plans that cost money, and none is given')]
    : [];

/** Takes an app off, with the data that it holds. */
export const uninstallAppKind: Adjustment<'uninstall-app'> = {
  allowed: ['Active'],
  async plan({ deps, account, reading, input }) {
    const { site, app, safetyCopy } = input;
    const skip = safetyCopy === 'skip';
    const copy = await planSafetyCopy(deps, account, site, { mode: 'new', skip });
    return {
      change: { do: 'uninstall app', app },
      undo: [{ do: 'install app', app, plan: null }],
      undoes: 'the safety copy is restored',
      summary: [`${app} goes, with its data`, reading.site.version ?? ''],
      mayLose: [
        `every record of ${app}`,
        ...(copy.steps.length === 0 ? ['the way back: there is no copy of it'] : []),
      ],
      copy,
      checks: [
        reading.apps.includes(app)
          ? pass('app', `${app} is there`)
          : fail('app', `${app} is not on this site; it has ${reading.apps.join(', ')}`),
        app === 'frappe'
          ? fail('framework', 'frappe is what the site is made of')
          : pass('framework', 'not the framework itself'),
        ...openWorkChecks(reading, { underLock: false }),
      ],
      facts: { skipsSafetyCopy: skip },
      estimateSeconds: SECONDS + 15 * 60,
    };
  },
};
