import type { AddAppsArgs, AddCustomAppArgs } from '../../domain/new-bench.js';
import type { Sent } from '../../domain/trackers.js';
import {
  type Account,
  addableApps,
  addApps,
  addCustomApp,
  type AppWithSource,
  type CallOptions,
  groupApps,
  PressError,
} from '../../frappe-cloud/index.js';
import { afterEffect, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { whileBeating } from '../heartbeat.js';

/** What comes into a group before its first deploy (D 1.5). */
export function createShapeGroupActivities(deps: ActivityDeps) {
  const { accounts } = deps;
  return {
    /** Adds what Press publishes for the version of the group: all of it, or nothing. */
    async addGroupApps({ key, account: name, group, apps }: AddAppsArgs): Promise<Sent> {
      const account = accounts.get(name);
      return whileBeating(async (signal) => {
        const missing = await missingApps(account, group, apps, { signal });
        return runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.bench.add_apps',
          payload: { group, apps },
          // Nothing can be added twice (D 1.5).
          repeat: 'at_once',
          async locate() {
            const left = await missingApps(account, group, apps, { signal });
            return left.length === 0
              ? { state: 'found', tracker: { kind: 'done' }, evidence: { group } }
              : { state: 'none' };
          },
          async send() {
            const sources = sourcesFor(missing);
            if (sources.length > 0) {
              await addApps(account.press, { group, apps: sources }, { signal });
            }
            return { kind: 'done' };
          },
        });
      });
    },

    /** Adds an app from its repository. Press swallows what some repositories answer: it is read back. */
    async addGroupCustomApp({ key, account: name, group, app }: AddCustomAppArgs): Promise<Sent> {
      const account = accounts.get(name);
      const isThere = async (signal: AbortSignal): Promise<boolean> => {
        const there = await groupApps(account.press, { group }, { signal });
        return there.some((row) => row.name === app.app);
      };
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.client.run_doc_method Release Group.add_app',
          payload: { group, app },
          repeat: 'at_once',
          async locate() {
            return (await isThere(signal))
              ? { state: 'found', tracker: { kind: 'done' }, evidence: { group } }
              : { state: 'none' };
          },
          async send() {
            const { app: appName, title, repositoryUrl: repository_url, branch } = app;
            const custom = { name: appName, title, repository_url, branch };
            await refusedByVersion(() =>
              addCustomApp(account.press, { group, app: custom }, { signal }),
            );
            if (await afterEffect(deps, () => isThere(signal))) return { kind: 'done' };
            throw new Refused(`Press could not read ${branch} of ${repository_url}`);
          },
        }),
      );
    },
  };
}

interface Offered {
  readonly app: string;
  /** Null when there is none for the version. */
  readonly source: string | null;
}

/** Which apps the group lacks, with where to take them from. */
async function missingApps(
  { press }: Account,
  group: string,
  apps: readonly string[],
  options: CallOptions,
): Promise<readonly Offered[]> {
  const [there, offered] = await Promise.all([
    groupApps(press, { group }, options),
    addableApps(press, { group }, options),
  ]);
  const missing = apps.filter((app) => !there.some(({ name }) => name === app));
  return missing.map((app) => {
    const source = offered.find((row) => row.app === app)?.sources[0]?.name;
    return { app, source: source ?? null };
  });
}

/** @throws Refused naming the apps without a source */
function sourcesFor(missing: readonly Offered[]): readonly AppWithSource[] {
  const without = missing.filter(({ source }) => source === null).map(({ app }) => app);
  if (without.length > 0) {
    throw new Refused(`Press publishes no source of the next version for ${without.join(', ')}`);
  }
  return missing.flatMap(({ app, source }) => (source === null ? [] : [{ app, source }]));
}

/** A branch of another version is a 500 that no repeat cures (C 1.4, D 1.5). */
export async function refusedByVersion<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof PressError) || error.excType !== 'VersioningError') throw error;
    throw new Refused(error.message);
  }
}
