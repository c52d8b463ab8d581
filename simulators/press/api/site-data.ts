import { restoreSite } from '../restores/restore.js';
import { freeSpace, requiredSpace } from '../restores/space.js';
import { text, truthy } from '../json.js';
import { installApp, uninstallApp } from '../sites/apps.js';
import { migrateSite, reinstallSite } from '../sites/lifecycle.js';
import type { Json } from '../types.js';
import { type Endpoints, siteOf, teamOf, userOf } from './endpoint.js';

/** Wrappers around what works on the data of a site; most tell nothing of their job (B 9). */
export const siteDataEndpoints: Endpoints = {
  'press.api.site.restore': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'files'],
    run: (context, params) =>
      restoreSite(context.world, siteOf(context, params), {
        user: userOf(context).user,
        files: params.files,
        skipFailingPatches: truthy(params.skip_failing_patches),
      }).name,
  },
  'press.api.site.validate_restoration_space_requirements': {
    guard: 'Site',
    requires: ['name', 'db_file_size', 'public_file_size', 'private_file_size'],
    run(context, params) {
      const site = siteOf(context, params);
      const required = requiredSpace(context.world, site, {
        database: Number(params.db_file_size),
        public: Number(params.public_file_size),
        private: Number(params.private_file_size),
      });
      return spaceView(required, freeSpace(context.world, site));
    },
  },
  'press.api.site.reinstall': {
    mutates: true,
    guard: 'Site',
    requires: ['name'],
    run: (context, params) =>
      reinstallSite(context.world, siteOf(context, params), userOf(context).user).name,
  },
  'press.api.site.migrate': {
    mutates: true,
    guard: 'Site',
    requires: ['name'],
    run(context, params) {
      const { user } = userOf(context);
      const skip = truthy(params.skip_failing_patches);
      migrateSite(context.world, siteOf(context, params), user, skip);
      return undefined;
    },
  },
  'press.api.site.install_app': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'app'],
    run(context, params) {
      installApp(context.world, siteOf(context, params), {
        user: userOf(context).user,
        app: text(params.app),
        plan: text(params.plan) || null,
        canPay: teamOf(context).payment,
      });
      return undefined;
    },
  },
  /** No backup can be asked for here (D 4). */
  'press.api.site.uninstall_app': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'app'],
    run(context, params) {
      uninstallApp(context.world, siteOf(context, params), {
        user: userOf(context).user,
        app: text(params.app),
        offsiteBackup: false,
      });
      return undefined;
    },
  },
};

interface Space {
  app: number;
  database: number;
}

/** A public server says nothing of its space, and an upload is always allowed there (B 2.8). */
function spaceView(required: Space, free: Space | null): Json {
  const isShort = (kind: keyof Space): boolean => free !== null && free[kind] < required[kind];
  return {
    allowed_to_upload: !isShort('app') && !isShort('database'),
    free_space_on_app_server: free?.app ?? -1,
    free_space_on_db_server: free?.database ?? -1,
    is_insufficient_space_on_app_server: isShort('app'),
    is_insufficient_space_on_db_server: isShort('database'),
    required_space_on_app_server: required.app,
    required_space_on_db_server: required.database,
  };
}
