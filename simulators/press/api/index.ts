import { accountEndpoints } from './account.js';
import { benchActEndpoints } from './bench-act.js';
import { benchAppEndpoints } from './bench-apps.js';
import { benchDeployEndpoints } from './bench-deploys.js';
import { benchReadEndpoints } from './bench-read.js';
import { clientEndpoints } from './client.js';
import type { Endpoints } from './endpoint.js';
import { marketplaceEndpoints } from './marketplace.js';
import { siteActEndpoints } from './site-act.js';
import { siteBackupEndpoints } from './site-backups.js';
import { siteCreateEndpoints } from './site-create.js';
import { siteDataEndpoints } from './site-data.js';
import { siteJobEndpoints } from './site-jobs.js';
import { siteMoveEndpoints } from './site-moves.js';
import { siteOptionEndpoints } from './site-options.js';
import { sitePrivateUpgradeEndpoints } from './site-private-upgrade.js';
import { siteReadEndpoints } from './site-read.js';
import { siteUpdateEndpoints } from './site-updates.js';
import { siteUpgradeEndpoints } from './site-upgrade-options.js';
import { uploadEndpoints } from './uploads.js';

/** Every method the simulator answers, by dotted path. */
export const endpoints: Endpoints = {
  ...accountEndpoints,
  ...benchActEndpoints,
  ...benchAppEndpoints,
  ...benchDeployEndpoints,
  ...benchReadEndpoints,
  ...clientEndpoints,
  ...marketplaceEndpoints,
  ...siteActEndpoints,
  ...siteBackupEndpoints,
  ...siteCreateEndpoints,
  ...siteDataEndpoints,
  ...siteJobEndpoints,
  ...siteMoveEndpoints,
  ...siteOptionEndpoints,
  ...sitePrivateUpgradeEndpoints,
  ...siteReadEndpoints,
  ...siteUpdateEndpoints,
  ...siteUpgradeEndpoints,
  ...uploadEndpoints,
};
