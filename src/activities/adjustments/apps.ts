import type { ChangeOf } from '../../domain/adjustments.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  getSite,
  installApp as install,
  listAppSubscriptions,
  uninstallApp as uninstall,
} from '../../frappe-cloud/index.js';
import { hasApp } from './app-standing.js';
import { locateJob } from './job-of.js';
import type { Asked, ChangeKind, Sending } from './adjustment.js';

type AboutApp = ChangeOf<'install app' | 'uninstall app' | 'end app subscription'>;

const has = ({ account, site, change: { app }, options }: Asked<AboutApp>): Promise<boolean> =>
  hasApp(account, { site, app }, options);

const locate = (asked: Sending<AboutApp>, action: string, since: number) =>
  locateJob(asked, { action, reason: asked.change.app }, since);

const trackerOf = (site: string, job: string): Tracker => ({ kind: 'site-job', site, job });

/** C 4.3: by the document method, which alone names the job. */
export const installApp: ChangeKind<ChangeOf<'install app'>> = {
  endpoint: 'press.api.client.run_doc_method Site.install_app',
  repeat: 'after_horizon',
  locate: (asked, since) => locate(asked, 'Install App', since),
  async send({ account, site, change: { app, plan }, options }) {
    const wanted = { site, app, ...(plan !== null && { plan }) };
    const job = await install(account.press, wanted, options);
    return job === null ? { kind: 'done' } : trackerOf(site, job);
  },
  async look(asked) {
    const { app } = asked.change;
    return (await has(asked))
      ? { missing: [], details: { app } }
      : { missing: [`no ${app} there`] };
  },
};

/** Our own copy is in the vault, or policy does without: no other is made on the way. */
const send = async ({ account, site, change: { app }, options }: Sending<AboutApp>) => {
  const wanted = { site, app, create_offsite_backup: false };
  return trackerOf(site, await uninstall(account.press, wanted, options));
};

/** C 4.4: a second one, once the first has ended, is another job for an app that is gone. */
export const uninstallApp: ChangeKind<ChangeOf<'uninstall app'>> = {
  endpoint: 'press.api.client.run_doc_method Site.uninstall_app',
  repeat: 'after_horizon',
  locate: (asked, since) => locate(asked, 'Uninstall App', since),
  send,
  async look(asked) {
    const { app } = asked.change;
    return { missing: (await has(asked)) ? [`${app} is still there`] : [] };
  },
};

/**
 * After an installation that has failed: uninstalling ends the subscription at once, whatever becomes
 * of its job, which finds nothing to take off (C 4.3). So the job is not judged, only awaited.
 */
export const endAppSubscription: ChangeKind<ChangeOf<'end app subscription'>> = {
  endpoint: 'press.api.client.run_doc_method Site.uninstall_app',
  repeat: 'after_horizon',
  async locate(asked, since) {
    const located = await locate(asked, 'Uninstall App', since);
    return located.state === 'found' ? { ...located, tracker: { kind: 'done' } } : located;
  },
  async send(asked) {
    await send(asked);
    return { kind: 'done' };
  },
  async look({ account, site, change: { app }, options }) {
    const [rows, found] = await Promise.all([
      listAppSubscriptions(account.press, { site }, options),
      getSite(account.press, { site }, options),
    ]);
    const status = found.found === 'own' ? found.site.status : 'gone';
    return {
      missing: [
        ...(rows.some((row) => row.app === app) ? [`${app} is paid for still`] : []),
        ...(status === 'Active' ? [] : [`the site is ${status}`]),
      ],
    };
  },
};
