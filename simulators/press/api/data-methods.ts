import type { DocMethod } from '../documents/doctype.js';
import { missing, refuse } from '../http/errors.js';
import { text, truthy } from '../json.js';
import { RESTORABLE, restoreAgain, restoreFromFiles } from '../restores/restore.js';
import { installApp, uninstallApp } from '../sites/apps.js';
import { checkSiteAction } from '../sites/guards.js';
import { migrateSite, reinstallSite } from '../sites/lifecycle.js';
import type { JobRow, SiteRow } from '../world/model.js';
import { type CallContext, type Params, teamOf, userOf } from './endpoint.js';

type Start = (
  context: CallContext,
  site: SiteRow,
  args: Params & { user: string },
) => JobRow | null;

/** A Site method that answers the name of its job, and nothing when there is none. */
function method(params: readonly string[], requires: readonly string[], start: Start): DocMethod {
  return {
    params,
    requires,
    mutates: true,
    run(context, name, args) {
      const site = context.world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      return start(context, site, { ...args, user: userOf(context).user })?.name;
    },
  };
}

/** Dashboard methods of Site that work on its data (B 2, B 4, C 4). */
export const dataMethods: Readonly<Record<string, DocMethod>> = {
  restore_site_from_files: method(
    ['files', 'skip_failing_patches'],
    ['files'],
    ({ world }, site, { user, files, skip_failing_patches: skip }) =>
      restoreFromFiles(world, site, { user, files, skipFailingPatches: truthy(skip) }),
  ),
  restore_site: method(
    ['skip_failing_patches'],
    [],
    ({ world }, site, { user, skip_failing_patches: skip }) =>
      restoreAgain(world, site, { user, skipFailingPatches: truthy(skip) }),
  ),
  restore_site_from_physical_backup: method(['backup'], ['backup'], (_context, site) => {
    checkSiteAction(site, 'restore_site_from_physical_backup', RESTORABLE);
    throw refuse(
      'Currently, Physical Backup & Restoration is disabled system wide. Please try again later.',
    );
  }),
  reinstall: method([], [], ({ world }, site, { user }) => reinstallSite(world, site, user)),
  migrate: method(
    ['skip_failing_patches'],
    [],
    ({ world }, site, { user, skip_failing_patches: skip }) =>
      migrateSite(world, site, user, truthy(skip)),
  ),
  /** Called without any arguments it installs nothing by name, as measured (observed 4). */
  install_app: method(['app', 'plan'], [], (context, site, { user, app, plan }) =>
    installApp(context.world, site, {
      user,
      app: text(app),
      plan: text(plan) || null,
      canPay: teamOf(context).payment,
    }),
  ),
  uninstall_app: method(
    ['app', 'create_offsite_backup', 'feedback'],
    ['app'],
    ({ world }, site, { user, app, create_offsite_backup: offsite }) =>
      uninstallApp(world, site, { user, app: text(app), offsiteBackup: truthy(offsite) }),
  ),
};
