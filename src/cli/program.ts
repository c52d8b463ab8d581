import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { registerAccount } from './commands/account.js';
import {
  registerChangeAppPlan,
  registerInstallApp,
  registerUninstallApp,
} from './commands/app-commands.js';
import { registerActivate } from './commands/activate.js';
import { registerApprove } from './commands/approve.js';
import { registerArchive } from './commands/archive.js';
import { registerBackup } from './commands/backup.js';
import { registerBackups } from './commands/backups.js';
import { registerBilling } from './commands/billing.js';
import { registerCancel } from './commands/cancel.js';
import { registerChangePlan } from './commands/change-plan.js';
import { registerClaim } from './commands/claim.js';
import { registerClearCache } from './commands/clear-cache.js';
import { registerContract } from './commands/contract.js';
import { registerDeleteConfig, registerUpdateConfig } from './commands/config-commands.js';
import { registerDeactivate } from './commands/deactivate.js';
import { registerDeployBench } from './commands/deploy-bench.js';
import { registerDoctor } from './commands/doctor.js';
import { registerDomains } from './commands/domain-commands.js';
import { registerHold } from './commands/hold.js';
import { registerJob } from './commands/job.js';
import { registerJobs } from './commands/jobs.js';
import { registerLedger } from './commands/ledger.js';
import { registerList } from './commands/list.js';
import { registerLoginLink } from './commands/login-link.js';
import { registerMaplePress } from './commands/maplepress.js';
import { registerMigrate } from './commands/migrate.js';
import { registerMove } from './commands/move.js';
import { registerPlan } from './commands/plan.js';
import { registerPlans } from './commands/plans.js';
import { registerPolicy } from './commands/policy.js';
import {
  registerCancelScheduledUpdate,
  registerEditScheduledUpdate,
} from './commands/scheduled-update-commands.js';
import { registerProvision } from './commands/provision.js';
import { registerRead } from './commands/read.js';
import { registerReinstall } from './commands/reinstall.js';
import { registerReject } from './commands/reject.js';
import { registerResolve } from './commands/resolve.js';
import { registerRestore } from './commands/restore.js';
import { registerResume } from './commands/resume.js';
import { registerSchedule } from './commands/schedule.js';
import { registerSimulate } from './commands/simulate.js';
import { registerSite } from './commands/site.js';
import { registerSites } from './commands/sites.js';
import { registerStatus } from './commands/status.js';
import { registerTransfer } from './commands/transfer.js';
import { registerUnarchive } from './commands/unarchive.js';
import { registerUpdate } from './commands/update.js';
import { registerUpgrade } from './commands/upgrade.js';
import { registerVault } from './commands/vault.js';
import { registerWatch } from './commands/watch.js';
import { EXIT_CODES_HELP } from './exit-codes.js';

/** In the order of their use. Command files load what is slow only when they act. */
const REGISTER = [
  registerProvision,
  registerUpgrade,
  registerUpdate,
  registerMigrate,
  registerRestore,
  registerReinstall,
  registerDeactivate,
  registerActivate,
  registerArchive,
  registerUnarchive,
  registerDeployBench,
  registerBackup,
  registerLoginLink,
  registerMove,
  registerTransfer,
  registerInstallApp,
  registerUninstallApp,
  registerChangeAppPlan,
  registerChangePlan,
  registerUpdateConfig,
  registerDeleteConfig,
  registerDomains,
  registerEditScheduledUpdate,
  registerCancelScheduledUpdate,
  registerClearCache,
  registerMaplePress,
  registerPlan,
  registerSites,
  registerSite,
  registerJobs,
  registerJob,
  registerBackups,
  registerBilling,
  registerPlans,
  registerAccount,
  registerRead,
  registerContract,
  registerList,
  registerStatus,
  registerWatch,
  registerApprove,
  registerReject,
  registerResolve,
  registerHold,
  registerResume,
  registerCancel,
  registerClaim,
  registerLedger,
  registerVault,
  registerSchedule,
  registerPolicy,
  registerDoctor,
  registerSimulate,
];

/** The command line; commander's errors are thrown, and written by nobody but us. */
export function createProgram(): Command {
  const program = new Command('sitewright')
    .description('Durable operations for hosted sites.')
    // `--version` of a subcommand is the site's, not ours.
    .enablePositionalOptions()
    .version(packageVersion(), '-V, --version')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  for (const register of REGISTER) register(program);
  return program.addHelpText(
    'after',
    `
Where: TEMPORAL_ADDRESS and its like, else a local stack (\`npm start\`), else 127.0.0.1:7233.
Every command has --help with examples, and --json.

${EXIT_CODES_HELP}`,
  );
}

function packageVersion(): string {
  // Two levels up from src/cli as three from dist/src/cli lies the package.
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const text = readFileSync(new URL(up, import.meta.url), 'utf8');
      return (JSON.parse(text) as { version: string }).version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
