import { addApps, changeBranch, type NewApp, removeApp } from '../benches/app-changes.js';
import { crash } from '../http/errors.js';
import { isObject, text } from '../json.js';
import { appsOnOffer } from '../documents/apps-on-offer.js';
import type { Json } from '../types.js';
import { type Endpoints, groupOf, userOf } from './endpoint.js';

/** What is in a group, and what comes in or goes; benches change with the next deploy (D 1.5). */
export const benchAppEndpoints: Endpoints = {
  'press.api.bench.all_apps': {
    guard: 'Release Group',
    requires: ['name'],
    run: (context, params) => appsOnOffer(context.world, groupOf(context, params)),
  },
  /** It looks only at what `options` lists, which is frappe (D 1.5). */
  'press.api.bench.installable_apps': { guard: 'Release Group', requires: ['name'], run: () => [] },
  /** The measured platform wants no apps of its own in new groups. */
  'press.api.bench.get_release_group_policy_for_bench': {
    requires: ['version'],
    run: () => ({ policies: [] }),
  },
  'press.api.bench.add_app': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name', 'source', 'app'],
    run(context, params) {
      const added = { app: text(params.app), source: text(params.source) };
      addApps(context.world, groupOf(context, params), userOf(context).user, [added]);
      return undefined;
    },
  },
  /** All or nothing; the two values of each entry are read by position (D 1.5). */
  'press.api.bench.add_apps': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name', 'apps'],
    run(context, params) {
      const added = addedApps(params.apps);
      addApps(context.world, groupOf(context, params), userOf(context).user, added);
      return undefined;
    },
  },
  'press.api.bench.remove_app': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name', 'app'],
    run(context, params) {
      const app = text(params.app);
      removeApp(context.world, groupOf(context, params), userOf(context).user, app);
      return app;
    },
  },
  'press.api.bench.change_branch': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name', 'app', 'to_branch'],
    run(context, params) {
      changeBranch(context.world, groupOf(context, params), userOf(context).user, {
        app: text(params.app),
        branch: text(params.to_branch),
      });
      return undefined;
    },
  },
};

function addedApps(apps: Json | undefined): NewApp[] {
  if (!Array.isArray(apps)) throw crash('TypeError', 'string indices must be integers');
  return apps.map((entry) => {
    const values = isObject(entry) ? Object.values(entry) : [];
    if (values.length !== 2) {
      throw crash('ValueError', `not enough values to unpack (expected 2, got ${values.length})`);
    }
    return { app: text(values[0]), source: text(values[1]) };
  });
}
