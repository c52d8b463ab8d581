import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Accounts } from '../../schemas/estate/account.js';
import type { Backups } from '../../schemas/estate/backups.js';
import type { GatewayDeps } from '../deps.js';
import { accountView, appPlansOf, plansOf } from '../estate/account.js';
import { backupsOf } from '../estate/backups.js';
import { billingOf } from '../estate/billing.js';
import { jobNamed, jobsOf } from '../estate/jobs.js';
import { ownSite } from '../estate/own-site.js';
import { siteView } from '../estate/site.js';
import { count, site } from '../query.js';
import { addReading } from './reading.js';

const job = z.string().regex(/^[\w-]{1,140}$/, 'not the name of a job');
const appName = z.string().regex(/^[\w-]{1,140}$/, 'not the name of an app');
/** Longer pages are asked for one after another. */
const limit = count.max(500).default(50);
/** How many rows to skip. */
const start = z.coerce.number().int().min(0).default(0);

/** Everything but the list of sites: one JSON document each. */
export function estateRoutes(app: FastifyInstance, deps: GatewayDeps): void {
  app.get('/v1/accounts', (): Accounts => {
    const accounts = deps.accounts.all().map(({ name, team }) => ({ name, team }));
    return { accounts };
  });

  addReading(app, deps, '/v1/account', {}, accountView);
  addReading(app, deps, '/v1/plans', {}, plansOf);
  addReading(app, deps, '/v1/apps/:app/plans', { app: appName }, (account, signal, given) =>
    appPlansOf(account, given.app, signal),
  );
  addReading(app, deps, '/v1/billing', {}, billingOf);
  addReading(app, deps, '/v1/sites/:site', { site }, (account, signal, given) =>
    siteView(account, deps, given.site, signal),
  );
  addReading(
    app,
    deps,
    '/v1/sites/:site/jobs',
    { site, limit, start },
    async (account, signal, given) => {
      await ownSite(account, given.site, signal);
      return jobsOf(account, signal, given);
    },
  );
  addReading(app, deps, '/v1/jobs/:job', { job }, (account, signal, given) =>
    jobNamed(account, given.job, signal),
  );
  addReading(
    app,
    deps,
    '/v1/sites/:site/backups',
    { site, limit },
    async (account, signal, given) => {
      const { site: name } = given;
      await ownSite(account, name, signal);
      const answer: Backups = { site: name, backups: await backupsOf(account, signal, given) };
      return answer;
    },
  );
}
