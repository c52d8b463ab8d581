import { accountEndpoints } from './account.js';
import { backupLinkEndpoints } from './backup-links.js';
import { billingActEndpoints } from './billing-act.js';
import { billingReadEndpoints } from './billing-read.js';
import { benchActEndpoints } from './bench-act.js';
import { benchAppEndpoints } from './bench-apps.js';
import { benchDeployEndpoints } from './bench-deploys.js';
import { benchReadEndpoints } from './bench-read.js';
import { clientEndpoints } from './client.js';
import type { Endpoints } from './endpoint.js';
import { marketplaceEndpoints } from './marketplace.js';
import { productTrialEndpoints, selfHostedEndpoints } from './product-trials.js';
import { siteActEndpoints } from './site-act.js';
import { siteBackupEndpoints } from './site-backups.js';
import { siteCreateEndpoints } from './site-create.js';
import { siteDataEndpoints } from './site-data.js';
import { siteJobEndpoints } from './site-jobs.js';
import { siteLookupEndpoints } from './site-lookups.js';
import { siteMoveEndpoints } from './site-moves.js';
import { siteOptionEndpoints } from './site-options.js';
import { sitePlanEndpoints } from './site-plans.js';
import { sitePrivateUpgradeEndpoints } from './site-private-upgrade.js';
import { siteReadEndpoints } from './site-read.js';
import { siteTransferEndpoints } from './site-transfer.js';
import { siteUpdateEndpoints } from './site-updates.js';
import { siteUpgradeEndpoints } from './site-upgrade-options.js';
import { teamActEndpoints } from './team-act.js';
import { teamReadEndpoints } from './team-read.js';
import { uploadEndpoints } from './uploads.js';

/** Every method the simulator answers, by dotted path. */
export const endpoints: Endpoints = {
  ...accountEndpoints,
  ...benchActEndpoints,
  ...backupLinkEndpoints,
  ...billingActEndpoints,
  ...billingReadEndpoints,
  ...benchAppEndpoints,
  ...benchDeployEndpoints,
  ...benchReadEndpoints,
  ...clientEndpoints,
  ...marketplaceEndpoints,
  ...productTrialEndpoints,
  ...selfHostedEndpoints,
  ...siteActEndpoints,
  ...siteBackupEndpoints,
  ...siteCreateEndpoints,
  ...siteDataEndpoints,
  ...siteJobEndpoints,
  ...siteLookupEndpoints,
  ...siteMoveEndpoints,
  ...siteOptionEndpoints,
  ...sitePlanEndpoints,
  ...sitePrivateUpgradeEndpoints,
  ...siteReadEndpoints,
  ...siteTransferEndpoints,
  ...siteUpdateEndpoints,
  ...siteUpgradeEndpoints,
  ...teamActEndpoints,
  ...teamReadEndpoints,
  ...uploadEndpoints,
};
