import { killedInBackup, killedInCall, killedInJob } from '../killed.js';
import type { Row } from '../row.js';
import { type Case, INSTALL_APP, SET_REDIRECT, UNINSTALL_APP, UPDATE_CONFIG } from './calls.js';
import type { AdjustmentRow } from './common.js';

const placed = (of: Case, rows: readonly Row<object>[]): readonly AdjustmentRow[] =>
  rows.map((row) => ({
    before: of.before,
    ...row,
    step: `${of.path}: ${row.step}`,
    input: of.input,
  }));

/** The worker dies while a call is on its way, and while it waits. */
export const killRows: readonly AdjustmentRow[] = [
  ...placed(INSTALL_APP, [
    ...killedInCall({ ...INSTALL_APP, method: 'Site.install_app', effect: 'app.install' }),
    killedInJob('install app', 'Install App on Site', INSTALL_APP.done),
  ]),
  ...placed(UNINSTALL_APP, [
    killedInBackup(UNINSTALL_APP.done),
    killedInJob('uninstall app', 'Uninstall App from Site', UNINSTALL_APP.done),
  ]),
  ...placed(UPDATE_CONFIG, [
    ...killedInCall({
      ...UPDATE_CONFIG,
      method: 'Site.update_config',
      effect: 'config.update',
      isHarmless: true,
    }),
    killedInJob('set config', 'Update Site Configuration', UPDATE_CONFIG.done),
  ]),
  ...placed(SET_REDIRECT, [
    killedInJob('set redirect', 'Setup Redirects on Hosts', SET_REDIRECT.done),
  ]),
];
