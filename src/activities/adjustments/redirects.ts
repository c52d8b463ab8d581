import type { ChangeOf } from '../../domain/adjustments.js';
import {
  setHostName as setHost,
  setRedirect as redirect,
  unsetRedirect as unredirect,
} from '../../frappe-cloud/index.js';
import { CONFIG_JOB } from '../newest-job.js';
import type { Asked, ChangeKind, Look } from './adjustment.js';
import { rowOf } from './domains.js';
import { jobAfter, locateState } from './job-of.js';

type Named = ChangeOf<'set host name' | 'set redirect' | 'unset redirect'>;

const REDIRECT_JOB = 'Setup Redirects on Hosts';
const REMOVE_REDIRECT_JOB = 'Remove Redirects on Hosts';

const isPrimary = async (asked: Asked<Named>) => (await rowOf(asked))?.primary === true;
const redirects = async (asked: Asked<Named>) => (await rowOf(asked))?.redirect_to_primary === true;

const saying = (isSo: boolean, otherwise: string): Look => ({ missing: isSo ? [] : [otherwise] });

/** C 5.11: at once; only for an Active site the servers are told. */
export const setHostName: ChangeKind<ChangeOf<'set host name'>> = {
  endpoint: 'press.api.site.set_host_name',
  repeat: 'at_once',
  locate: async (asked, since) => locateState(asked, await isPrimary(asked), CONFIG_JOB, since),
  async send(asked, since) {
    const { account, site, change, options } = asked;
    await setHost(account.press, { site, domain: change.domain }, options);
    return jobAfter(asked, CONFIG_JOB, since);
  },
  look: async (asked) =>
    saying(await isPrimary(asked), `${asked.change.domain} is not the primary domain`),
};

/** C 5.12: once more does nothing, not even a job that has failed. */
export const setRedirect: ChangeKind<ChangeOf<'set redirect'>> = {
  endpoint: 'press.api.site.set_redirect',
  repeat: 'at_once',
  locate: async (asked, since) => locateState(asked, await redirects(asked), REDIRECT_JOB, since),
  async send(asked, since) {
    const { account, site, change, options } = asked;
    await redirect(account.press, { site, domain: change.domain }, options);
    return jobAfter(asked, REDIRECT_JOB, since);
  },
  look: async (asked) => saying(await redirects(asked), `${asked.change.domain} does not redirect`),
};

/** C 5.12. */
export const unsetRedirect: ChangeKind<ChangeOf<'unset redirect'>> = {
  endpoint: 'press.api.site.unset_redirect',
  repeat: 'at_once',
  locate: async (asked, since) =>
    locateState(asked, !(await redirects(asked)), REMOVE_REDIRECT_JOB, since),
  async send(asked, since) {
    const { account, site, change, options } = asked;
    await unredirect(account.press, { site, domain: change.domain }, options);
    return jobAfter(asked, REMOVE_REDIRECT_JOB, since);
  },
  look: async (asked) =>
    saying(!(await redirects(asked)), `${asked.change.domain} redirects still`),
};
