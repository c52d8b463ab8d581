import { benchVersions } from '../../../../src/frappe-cloud/endpoints/benches.js';
import { getBuild } from '../../../../src/frappe-cloud/endpoints/builds.js';
import { deployFailureReason } from '../../../../src/frappe-cloud/endpoints/deploy-failures.js';
import {
  deployInformation,
  deployStatus,
} from '../../../../src/frappe-cloud/endpoints/deploy-information.js';
import {
  deploy,
  deployAndUpdate,
  initialDeploy,
} from '../../../../src/frappe-cloud/endpoints/deploys.js';
import {
  addableApps,
  groupApps,
  groupOptions,
  groupPolicy,
} from '../../../../src/frappe-cloud/endpoints/group-options.js';
import { addApps, newGroup } from '../../../../src/frappe-cloud/endpoints/group-shape.js';
import {
  getReleasePipeline,
  listReleasePipelines,
} from '../../../../src/frappe-cloud/endpoints/release-pipelines.js';
import { listSiteActions } from '../../../../src/frappe-cloud/endpoints/site-actions.js';
import {
  cancelScheduledUpdate,
  editScheduledUpdate,
  lastMigrateFailed,
  listSiteUpdates,
  scheduleUpdate,
} from '../../../../src/frappe-cloud/endpoints/site-updates.js';
import {
  checkForUpdates,
  getUpdateOutlook,
} from '../../../../src/frappe-cloud/endpoints/update-information.js';
import {
  addServerToGroup,
  checkAppCompatibility,
  checkExistingUpgradeBench,
  getPrivateGroupsForUpgrade,
  validateGroupForUpgrade,
} from '../../../../src/frappe-cloud/endpoints/upgrade-options.js';
import {
  createPrivateBenchForUpgrade,
  upgradeStanding,
  versionUpgrade,
} from '../../../../src/frappe-cloud/endpoints/version-upgrades.js';
import type { Transport } from '../../../../src/frappe-cloud/transport.js';
import { messageOf, RECORDED, type Recorded } from './recordings.js';

type Call = (press: Transport) => Promise<unknown>;

export const NOW = { skip_backups: false, skip_failing_patches: false };
const SITE = { site: 's' };
const GROUP = { group: 'g' };
const AT = { ...SITE, version: 'Version 15' };

/** Our function for each remote call; the arguments do not matter to a recorded answer. */
export const UPGRADE_CALLS: Readonly<Record<string, Call>> = {
  'get_list Site Update': (press) => listSiteUpdates(press, SITE),
  'get_list Site Action': (press) => listSiteActions(press, SITE),
  'get_list Release Pipeline': (press) => listReleasePipelines(press, GROUP),
  'get_list Press Notification': (press) => deployFailureReason(press, { build: 'b' }),
  'get Site': (press) => getUpdateOutlook(press, SITE),
  'get Release Pipeline': (press) => getReleasePipeline(press, { pipeline: 'p' }),
  'get Deploy Candidate Build': (press) => getBuild(press, { build: 'b' }),
  'Site.schedule_update': (press) => scheduleUpdate(press, { ...SITE, ...NOW }),
  'Site.edit_scheduled_update': (press) =>
    editScheduledUpdate(press, { ...SITE, ...NOW, site_update: 'u', scheduled_time: null }),
  'Site.cancel_scheduled_update': (press) =>
    cancelScheduledUpdate(press, { ...SITE, site_update: 'u' }),
  'Release Group.initial_deploy': (press) => initialDeploy(press, GROUP),
  'press.api.site.check_for_updates': (press) => checkForUpdates(press, SITE),
  'press.api.site.last_migrate_failed': (press) => lastMigrateFailed(press, SITE),
  'press.api.site.get': (press) => upgradeStanding(press, SITE),
  'press.api.site.version_upgrade': (press) =>
    versionUpgrade(press, { ...SITE, ...NOW, destination_group: 'g', scheduled_datetime: null }),
  'press.api.site.create_private_bench_for_site_upgrade': (press) =>
    createPrivateBenchForUpgrade(press, {
      ...AT,
      ...NOW,
      release_group_title: 't',
      custom_app_sources: [],
      scheduled_time: null,
    }),
  'press.api.site.check_existing_upgrade_bench': (press) => checkExistingUpgradeBench(press, AT),
  'press.api.site.check_app_compatibility_for_upgrade': (press) => checkAppCompatibility(press, AT),
  'press.api.site.get_private_groups_for_upgrade': (press) => getPrivateGroupsForUpgrade(press, AT),
  'press.api.site.validate_group_for_upgrade': (press) =>
    validateGroupForUpgrade(press, { ...SITE, ...GROUP }),
  'press.api.site.add_server_to_release_group': (press) =>
    addServerToGroup(press, { ...SITE, ...GROUP }),
  'press.api.bench.new': (press) =>
    newGroup(press, { title: 't', version: 'v', apps: [], cluster: 'c', server: null }),
  'press.api.bench.options': (press) => groupOptions(press),
  'press.api.bench.get_release_group_policy_for_bench': (press) =>
    groupPolicy(press, { version: 'v' }),
  'press.api.bench.all_apps': (press) => addableApps(press, GROUP),
  'press.api.bench.apps': (press) => groupApps(press, GROUP),
  'press.api.bench.add_apps': (press) => addApps(press, { ...GROUP, apps: [] }),
  'press.api.bench.versions': (press) => benchVersions(press, GROUP),
  'press.api.bench.deploy_information': (press) => deployInformation(press, GROUP),
  'press.api.bench.deploy_status': (press) => deployStatus(press, GROUP),
  'press.api.bench.deploy': (press) => deploy(press, { ...GROUP, apps: [] }),
  'press.api.bench.deploy_and_update': (press) =>
    deployAndUpdate(press, { ...GROUP, apps: [], sites: [], run_will_fail_check: true }),
};

/** The name in {@link UPGRADE_CALLS} that a recorded request would have. */
export function nameOfUpgradeCall({ method, params }: Recorded): string {
  if (method === 'press.api.client.run_doc_method') {
    return `${String(params.dt)}.${String(params.method)}`;
  }
  const [, generic] = /^press\.api\.client\.(\w+)$/.exec(method) ?? [];
  return generic === undefined ? method : `${generic} ${String(params.doctype)}`;
}

/** One whole answer for each call whose recordings were cut or asked for other fields. */
const WHOLE: Readonly<Record<string, string>> = {
  'get_list Site Update': 'client-get-site-update',
  'get_list Release Pipeline': 'client-get-release-pipeline',
  'get Site': 'client-get-site-active',
  'get Deploy Candidate Build': 'client-get-deploy-candidate-build',
  'press.api.site.get': 'site-get-active',
  'press.api.bench.deploy_information': 'deploy-information-new-group',
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The recorded body with what was cut away or not asked for; what was recorded stays. */
export function wholeBody(recorded: Recorded): unknown {
  const file = WHOLE[nameOfUpgradeCall(recorded)];
  const whole = RECORDED.find((each) => each.file === file);
  const message = messageOf(recorded);
  if (whole === undefined || !isObject(message)) return recorded.body;
  const complete = (row: object) => ({ ...(messageOf(whole) as object), ...row });
  const rows = Array.isArray(message) ? message.map(complete) : complete(message);
  return { ...(recorded.body as object), message: rows };
}

/** Cut to another shape by the recorder: names of apps for apps, stages without their frame. */
export function isReshaped(recorded: Recorded): boolean {
  const message = messageOf(recorded);
  if (Array.isArray(message)) return typeof message[0] === 'string';
  return isObject(message) && 'stages' in message;
}
