import { configJob } from '../documents/config-view.js';
import type { DocMethod } from '../documents/doctype.js';
import { missing } from '../http/errors.js';
import { text, truthy } from '../json.js';
import { activateSite, archiveSite, clearCache, deactivateSite } from '../sites/actions.js';
import { deleteConfigKey, mergeConfig } from '../sites/config-update.js';
import { addDomain, removeDomain, setHostName, turnRedirect } from '../sites/domains.js';
import type { SiteRow } from '../world/model.js';
import { addTag, removeTag } from '../world/tags.js';
import type { World } from '../world/world.js';
import { backupMethods } from './backup-methods.js';
import { dataMethods } from './data-methods.js';
import { type Params, userOf } from './endpoint.js';
import { moveMethods } from './move-methods.js';
import { usageMethods } from './site-lookups.js';
import { ownerMethods } from './site-plans.js';
import { siteUpdateMethods } from './site-update-methods.js';
import { toolMethods } from './tool-methods.js';

type SiteAction = (world: World, site: SiteRow, user: string, args: Params) => void;

/** A Site method that returns nothing: the answer is the document alone. */
function method(
  params: readonly string[],
  requires: readonly string[],
  act: SiteAction,
): DocMethod {
  return {
    params,
    requires,
    mutates: true,
    run(context, name, args) {
      const site = context.world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      act(context.world, site, userOf(context).user, args);
      return undefined;
    },
  };
}

const onDomain = (act: (world: World, site: SiteRow, user: string, domain: string) => void) =>
  method(['domain'], ['domain'], (world, site, user, args) => {
    act(world, site, user, text(args.domain));
  });

const plain = (act: (world: World, site: SiteRow, user: string) => void) => method([], [], act);

/** Dashboard methods of Site that the world knows (A 2.8). */
export const siteMethods: Readonly<Record<string, DocMethod>> = {
  archive: method(
    ['site_name', 'reason', 'force', 'create_offsite_backup'],
    [],
    (world, site, user, args) => {
      archiveSite(world, site, user, {
        reason: text(args.reason) || null,
        offsiteBackup:
          args.create_offsite_backup === undefined || truthy(args.create_offsite_backup),
      });
    },
  ),
  update_config: method(['config'], [], (world, site, user, args) => {
    mergeConfig(world, site, user, args.config ?? {});
  }),
  delete_config: {
    params: ['key'],
    requires: ['key'],
    mutates: true,
    run(context, name, args) {
      const { world } = context;
      const site = world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      const removed = site.config.some(({ key }) => key === args.key) ? [text(args.key)] : [];
      const job = deleteConfigKey(world, site, userOf(context).user, text(args.key));
      return job === null ? undefined : configJob(world, site, job, removed);
    },
  },
  add_domain: onDomain(addDomain),
  remove_domain: onDomain(removeDomain),
  set_host_name: onDomain(setHostName),
  set_redirect: onDomain(turnRedirect(true)),
  unset_redirect: onDomain(turnRedirect(false)),
  add_resource_tag: method(['tag'], ['tag'], (world, site, user, args) => {
    addTag(world, 'site', site, user, text(args.tag));
  }),
  remove_resource_tag: method(['tag'], ['tag'], (world, site, user, args) => {
    removeTag(world, 'site', site, user, text(args.tag));
  }),
  clear_site_cache: plain(clearCache),
  deactivate: plain(deactivateSite),
  activate: plain(activateSite),
  ...backupMethods,
  ...dataMethods,
  ...moveMethods,
  ...ownerMethods,
  ...siteUpdateMethods,
  ...usageMethods,
  ...toolMethods,
};

/** Whitelisted in the framework, not for the dashboard: 403 (A 2.8). */
export const HIDDEN_SITE_METHODS: readonly string[] = [
  'backup',
  'physical_backup',
  'suspend',
  'unsuspend',
  'login',
  'last_migrate_failed',
  'retry_archive',
  'retry_rename',
  'move_to_group',
  'move_to_bench',
  'sync_info',
  'cleanup_after_archive',
];
