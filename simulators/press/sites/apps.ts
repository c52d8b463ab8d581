import type { JobFault } from '../fault-types.js';
import { crash, refuse } from '../http/errors.js';
import { BACKUP_STEPS } from '../jobs/job-types.js';
import type { AppPlan } from '../world/catalogue.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { onServer, saveSite } from './actions.js';
import { recordActivity } from './activity.js';
import { pushConfig } from './config.js';
import { checkSiteAction } from './guards.js';
import { addSubscription, subscriptionsOf } from './subscriptions.js';

interface InstallRequest {
  user: string;
  app: string;
  /** A Marketplace App Plan; whether it is one of the app is not looked at. */
  plan: string | null;
  /** Whether the team may have paid apps. */
  canPay: boolean;
}

/**
 * `Site.install_app` (C 4.3): any name is accepted; an app that is not on the bench fails on the
 * server. The subscription is booked at once and stays when the install fails.
 *
 * @returns null for an app that is installed already: nothing happens.
 */
export function installApp(world: World, site: SiteRow, request: InstallRequest): JobRow | null {
  const { user, app } = request;
  checkSiteAction(site, 'install_app', ['Active']);
  const plan = chosenPlan(world, request);
  if (site.apps.includes(app)) return null;
  const job = onServer(
    world,
    site,
    user,
    'Install App on Site',
    { app },
    absence(world, site, app),
  );
  recordActivity(world, site, user, 'Install App', { job: job.name, reason: app });
  site.status = 'Pending';
  saveSite(world, site, user);
  if (plan !== undefined) subscribe(world, site, { user, app, plan: plan.name });
  world.effect('app.install', site.name, app);
  return job;
}

function chosenPlan(world: World, { app, plan, canPay }: InstallRequest): AppPlan | undefined {
  const plans = Object.values(world.state.apps).flatMap((row) => row.plans);
  if (plan === null) return world.state.apps[app]?.plans.find(({ priceUsd }) => priceUsd === 0);
  const chosen = plans.find(({ name }) => name === plan);
  if (chosen === undefined) {
    throw crash('TypeError', "'>' not supported between instances of 'NoneType' and 'int'");
  }
  if (chosen.priceUsd > 0 && !canPay) {
    throw refuse(
      'You cannot install a Paid app on Free Credits. Please buy credits before trying to ' +
        'install again.',
    );
  }
  return chosen;
}

function absence(world: World, site: SiteRow, app: string): JobFault | null {
  if (world.state.benches[site.bench]?.apps.includes(app) === true) return null;
  return {
    kind: 'fail_step',
    step: 'Install App on Site',
    output: `ModuleNotFoundError: No module named '${app}'`,
  };
}

/** Takes or turns on the subscription; its key travels to the site with another job. */
function subscribe(
  world: World,
  site: SiteRow,
  { user, app, plan }: { user: string; app: string; plan: string },
): void {
  const known = subscriptionsOf(world, site.name).find((row) => row.app === app);
  if (known === undefined) addSubscription(world, site, user, app, plan);
  else Object.assign(known, { plan, enabled: true });
  pushConfig(world, site, user);
}

interface UninstallRequest {
  user: string;
  app: string;
  /** A full backup before, registered when all has gone well (D 4). */
  offsiteBackup: boolean;
}

/** `Site.uninstall_app` (C 4.4): not even frappe is refused; the subscription ends at once. */
export function uninstallApp(world: World, site: SiteRow, request: UninstallRequest): JobRow {
  const { user, app, offsiteBackup } = request;
  checkSiteAction(site, 'uninstall_app', ['Active']);
  const leftOut = offsiteBackup ? [] : [...BACKUP_STEPS];
  const job = onServer(world, site, user, 'Uninstall App from Site', { app, leftOut });
  recordActivity(world, site, user, 'Uninstall App', { job: job.name, reason: app });
  for (const row of subscriptionsOf(world, site.name)) if (row.app === app) row.enabled = false;
  site.status = 'Pending';
  saveSite(world, site, user);
  world.effect('app.uninstall', site.name, app);
  return job;
}
