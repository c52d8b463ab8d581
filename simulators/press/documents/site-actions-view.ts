import type { Json } from '../types.js';
import type { SiteRow } from '../world/model.js';

interface ActionSeed {
  action: string;
  description: string;
  label: string;
  method: string;
  dangerous?: boolean;
  /** Some buttons carry a `condition` that is always true by the time they are sent. */
  conditional?: boolean;
  /** Statuses that offer it; absent means all. */
  when?: readonly string[];
}

const ACTIONS: readonly ActionSeed[] = [
  {
    action: 'Manage database users',
    description: 'See who may connect to the database of this site',
    label: 'Manage',
    method: 'dummy',
    conditional: true,
  },
  {
    action: 'Transfer site',
    description: 'Give this site to another team',
    label: 'Transfer',
    method: 'send_change_team_request',
  },
  {
    action: 'Version upgrade',
    description: 'Move this site to a major version',
    label: 'Upgrade',
    method: 'upgrade',
    when: ['Active'],
  },
  {
    action: 'Clear cache',
    description: 'Empty the cache of this site',
    label: 'Clear',
    method: 'clear_site_cache',
  },
  {
    action: 'Activate site',
    description: 'Make this site accessible again',
    label: 'Activate',
    method: 'activate',
    when: ['Inactive', 'Broken'],
  },
  {
    action: 'Deactivate site',
    description: 'Put this site into maintenance mode',
    label: 'Deactivate',
    method: 'deactivate',
    when: ['Active'],
  },
  {
    action: 'Restore with files',
    description: 'Restore database and files',
    label: 'Restore',
    method: 'restore_site_from_files',
    dangerous: true,
  },
  {
    action: 'Reset site',
    description: 'Reset the database of this site',
    label: 'Reset',
    method: 'reinstall',
    dangerous: true,
    when: ['Active', 'Broken'],
  },
  {
    action: 'Drop site',
    description: 'Drop this site',
    label: 'Drop',
    method: 'archive',
    dangerous: true,
    when: ['Active', 'Broken', 'Inactive', 'Suspended'],
  },
];

/** The buttons the dashboard would show; a client has no use for them, but they are there. */
export function siteActions(site: SiteRow): Json {
  return ACTIONS.filter(({ when }) => when?.includes(site.status) ?? true).map((seed) => ({
    action: seed.action,
    description: seed.description,
    button_label: seed.label,
    doc_method: seed.method,
    ...(seed.conditional === true ? { condition: true } : {}),
    ...(seed.dangerous === true ? { group: 'Dangerous Actions' } : {}),
  }));
}
