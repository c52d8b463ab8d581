import type { ChangeOf } from '../../domain/adjustments.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  listDomains,
  setHostName as setHost,
  setRedirect as redirect,
  unsetRedirect as unredirect,
} from '../../frappe-cloud/index.js';
import type { Asked, ChangeKind, Look, Sending } from './adjustment.js';
import { rowOf } from './domains.js';
import { CONFIG_JOB, jobsAfter, locateState } from './job-of.js';
import { pushConfigAgain } from './push-again.js';

type HostName = ChangeOf<'set host name'>;
type Named = ChangeOf<'set host name' | 'set redirect' | 'unset redirect'>;

const REDIRECT_JOB = 'Setup Redirects on Hosts';
const REMOVE_REDIRECT_JOB = 'Remove Redirects on Hosts';

const isPrimary = async (asked: Asked<Named>) => (await rowOf(asked))?.primary === true;
const redirects = async (asked: Asked<Named>) => (await rowOf(asked))?.redirect_to_primary === true;

const saying = (isSo: boolean, otherwise: string): Look => ({ missing: isSo ? [] : [otherwise] });

/** The server learns its address, the proxy where its redirects go. */
const HOST_JOBS = [CONFIG_JOB, REDIRECT_JOB];

/**
 * To set it once more does nothing, not even after a job has failed: the server gets its whole
 * configuration again, and each redirect is taken off and set.
 */
async function tellAgain(asked: Sending<HostName>, since: number): Promise<Tracker> {
  const { account, site, change, options } = asked;
  const rows = await listDomains(account.press, { site }, options);
  for (const domain of change.redirects) {
    const row = rows.find((each) => each.domain === domain);
    // An attempt before may have come so far as to take it off.
    if (row?.redirect_to_primary) await unredirect(account.press, { site, domain }, options);
    if (row !== undefined) await redirect(account.press, { site, domain }, options);
  }
  await pushConfigAgain(asked);
  return jobsAfter(asked, HOST_JOBS, since);
}

/** The domain is the primary one, and those that redirected to the old one redirect still. */
async function lookAtHost({ account, site, change, options }: Asked<HostName>): Promise<Look> {
  const rows = await listDomains(account.press, { site }, options);
  const isSo = rows.some(({ domain, primary }) => primary && domain === change.domain);
  const lost = rows.filter(
    ({ domain, redirect_to_primary }) => change.redirects.includes(domain) && !redirect_to_primary,
  );
  return {
    missing: [
      ...(isSo ? [] : [`${change.domain} is not the primary domain`]),
      ...lost.map(({ domain }) => `${domain} does not redirect any more`),
    ],
  };
}

/** C 5.11: at once; only for an Active site the servers are told. */
export const setHostName: ChangeKind<ChangeOf<'set host name'>> = {
  endpoint: 'press.api.site.set_host_name',
  repeat: 'at_once',
  async locate(asked, since) {
    const { missing } = await lookAtHost(asked);
    return locateState(asked, missing.length === 0, HOST_JOBS, since);
  },
  async send(asked, since) {
    const { account, site, change, options } = asked;
    if (await isPrimary(asked)) return tellAgain(asked, since);
    await setHost(account.press, { site, domain: change.domain }, options);
    return jobsAfter(asked, HOST_JOBS, since);
  },
  look: lookAtHost,
};

/** C 5.12: only a change of the flag gets to the proxy, so that one that is set is taken off first. */
export const setRedirect: ChangeKind<ChangeOf<'set redirect'>> = {
  endpoint: 'press.api.site.set_redirect',
  repeat: 'at_once',
  locate: async (asked, since) => locateState(asked, await redirects(asked), [REDIRECT_JOB], since),
  async send(asked, since) {
    const { account, site, change, options } = asked;
    const which = { site, domain: change.domain };
    if (await redirects(asked)) await unredirect(account.press, which, options);
    await redirect(account.press, which, options);
    return jobsAfter(asked, [REDIRECT_JOB], since);
  },
  look: async (asked) => saying(await redirects(asked), `${asked.change.domain} does not redirect`),
};

/** C 5.12, and as {@link setRedirect}. */
export const unsetRedirect: ChangeKind<ChangeOf<'unset redirect'>> = {
  endpoint: 'press.api.site.unset_redirect',
  repeat: 'at_once',
  locate: async (asked, since) =>
    locateState(asked, !(await redirects(asked)), [REMOVE_REDIRECT_JOB], since),
  async send(asked, since) {
    const { account, site, change, options } = asked;
    const which = { site, domain: change.domain };
    if (!(await redirects(asked))) await redirect(account.press, which, options);
    await unredirect(account.press, which, options);
    return jobsAfter(asked, [REMOVE_REDIRECT_JOB], since);
  },
  look: async (asked) =>
    saying(!(await redirects(asked)), `${asked.change.domain} redirects still`),
};
