import { teamOf } from '../api/endpoint.js';
import { forbid, refuse } from '../http/errors.js';
import { text } from '../json.js';
import { installedApps } from './app-views.js';
import type { Doctype } from './doctype.js';

/** A child table: the parent must be named, and the answer is that of `installed_apps` (C 4.1). */
export const siteAppDoctype: Doctype = {
  fields: [],
  list: () => [],
  listAll(context, filters) {
    if (filters.parent === undefined || filters.parenttype === undefined) {
      throw refuse(
        "To fetch child table records, please provide both 'parenttype' and 'parent' in the filters.",
      );
    }
    const site = context.world.state.sites[text(filters.parent)];
    if (site?.team !== teamOf(context).name) throw forbid('Not permitted');
    return installedApps(context.world, site).map((row) => ({ ...row, is_app_patched: false }));
  },
  exists: () => false,
  owns: () => false,
  get: () => ({}),
};
