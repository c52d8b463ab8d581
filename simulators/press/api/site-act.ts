import { freshConfigView } from '../documents/config-view.js';
import { text } from '../json.js';
import { activateSite, archiveSite, clearCache, deactivateSite } from '../sites/actions.js';
import { replaceConfig } from '../sites/config-update.js';
import {
  addDomain,
  removeDomain,
  retryAddDomain,
  setHostName,
  turnRedirect,
} from '../sites/domains.js';
import { loginAsAdministrator } from '../sites/sessions.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { type Endpoint, type Endpoints, type Params, siteOf, userOf } from './endpoint.js';

type Action = (world: World, site: SiteRow, user: string, params: Params) => void;

/** A guarded wrapper that returns nothing (A 10.1). */
function wrapper(requires: readonly string[], act: Action): Endpoint {
  return {
    mutates: true,
    guard: 'Site',
    requires,
    run(context, params) {
      act(context.world, siteOf(context, params), userOf(context).user, params);
      return undefined;
    },
  };
}

const onDomain = (act: (world: World, site: SiteRow, user: string, domain: string) => void) =>
  wrapper(['name', 'domain'], (world, site, user, params) => {
    act(world, site, user, text(params.domain));
  });

/** Wrappers around the actions of a site; the document methods are in site-methods.ts. */
export const siteActEndpoints: Endpoints = {
  /** `force` is required and the backup cannot be switched off here (B 4.2). */
  'press.api.site.archive': wrapper(['name', 'force'], (world, site, user) => {
    archiveSite(world, site, user, { reason: null, offsiteBackup: true });
  }),
  'press.api.site.deactivate': wrapper(['name'], deactivateSite),
  'press.api.site.activate': wrapper(['name'], activateSite),
  'press.api.site.clear_cache': wrapper(['name'], clearCache),
  'press.api.site.add_domain': onDomain(addDomain),
  'press.api.site.retry_add_domain': onDomain(retryAddDomain),
  'press.api.site.remove_domain': onDomain(removeDomain),
  'press.api.site.set_host_name': onDomain(setHostName),
  'press.api.site.set_redirect': onDomain(turnRedirect(true)),
  'press.api.site.unset_redirect': onDomain(turnRedirect(false)),
  'press.api.site.login': {
    mutates: true,
    guard: 'Site',
    requires: ['name'],
    run(context, params) {
      const site = siteOf(context, params);
      const reason = typeof params.reason === 'string' ? params.reason : null;
      const { user } = userOf(context);
      return { sid: loginAsAdministrator(context.world, site, user, reason), site: site.name };
    },
  },
  'press.api.site.update_config': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'config'],
    run(context, params) {
      const site = siteOf(context, params);
      const { user } = userOf(context);
      const fresh = replaceConfig(context.world, site, user, params.config ?? null);
      return freshConfigView(
        context.world,
        site,
        fresh.map(({ key }) => key),
      );
    },
  },
};
