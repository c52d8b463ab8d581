import { APP_ROWS } from './apps.js';
import { BACKUP_ROWS } from './backups.js';
import { BILLING_ROWS } from './billing.js';
import { CONFIG_DOMAIN_ROWS } from './config-domains.js';
import { GENERIC_ROWS } from './generic.js';
import { LIFECYCLE_ROWS } from './lifecycle.js';
import { OTHER_ROWS } from './others.js';
import { PROVISIONING_ROWS } from './provisioning.js';
import { OFFERS } from './offers.js';
import type { SurfaceRow } from './row.js';
import { TEAM_ROWS } from './teams.js';
import { TRACKING_ROWS } from './tracking.js';
import { UPGRADE_ROWS } from './upgrades.js';

/** The rows of one group of the inventory. */
export interface SurfaceGroup {
  readonly title: string;
  readonly rows: readonly SurfaceRow[];
}

const GROUPS: readonly SurfaceGroup[] = [
  { title: 'Generic calls', rows: GENERIC_ROWS },
  { title: 'Provisioning and look-up', rows: PROVISIONING_ROWS },
  { title: 'Lifecycle', rows: LIFECYCLE_ROWS },
  { title: 'Backups, restore, uploads', rows: BACKUP_ROWS },
  { title: 'Migration, upgrade, move', rows: UPGRADE_ROWS },
  { title: 'Apps and marketplace', rows: APP_ROWS },
  { title: 'Configuration and domains', rows: CONFIG_DOMAIN_ROWS },
  { title: 'Jobs and tracking', rows: TRACKING_ROWS },
  { title: 'Plans, billing, payments', rows: BILLING_ROWS },
  { title: 'Teams, transfer, access', rows: TEAM_ROWS },
  { title: 'Product trials, developers, database tools', rows: OTHER_ROWS },
];

/** Every endpoint and document method of the inventory, once, in its groups and their order. */
export const SURFACE: readonly SurfaceGroup[] = GROUPS.map(({ title, rows }) => ({
  title,
  rows: rows.map((row) => {
    const offer = OFFERS[row.endpoint];
    return offer === undefined ? row : { ...row, offer };
  }),
}));
