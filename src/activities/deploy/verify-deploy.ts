import type { Verification } from '../../domain/activity-types.js';
import type { VerifyDeployArgs } from '../../domain/bench-deploys.js';
import {
  type Account,
  type BenchVersion,
  benchVersions,
  deployInformation,
  type DeployInformation,
} from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { benchesOfBuild } from './stands.js';

/** Press remembers for a minute, per process, which sites have an update (C 2.2). */
const REMEMBERED_MS = 90_000;

/** Reads a deploy back: do its benches stand, with what was approved on them? */
export function createVerifyDeployActivities({ accounts, timing }: ActivityDeps) {
  return {
    /**
     * Looks again until the deadline; what is then still wrong is the answer. With sites to update
     * it answers only when Press has noticed the new bench.
     */
    async verifyDeploy({ account: name, ...args }: VerifyDeployArgs): Promise<Verification> {
      return whileBeating(async (signal): Promise<Verification> => {
        const account = accounts.get(name);
        const { group } = args.target;
        const [benches, information, versions] = await Promise.all([
          benchesOfBuild(account, { group, build: args.build }, { signal }),
          deployInformation(account.press, { group }, { signal }),
          benchVersions(account.press, { group }, { signal }),
        ]);
        const failures = differences(args, benches, information);
        if (failures.length > 0 && Date.now() < args.deadline) {
          throw new NotYet(failures.join('; '), timing.verifyInterval);
        }
        const left = args.sitesFollow ? remembered(account, benches, versions) : 0;
        if (failures.length === 0 && left > 0 && Date.now() < args.deadline) {
          throw new NotYet(
            'Press does not offer the new bench to sites yet',
            timing.verifyInterval,
          );
        }
        return {
          ok: failures.length === 0,
          failures,
          exceptions: [],
          details: { build: args.build, benches: benches.join(', ') },
        };
      });
    },
  };
}

function differences(
  { target }: Pick<VerifyDeployArgs, 'target'>,
  benches: readonly string[],
  { apps }: DeployInformation,
): readonly string[] {
  const wrong = target.apps.flatMap(({ app, hash }) => {
    const has = apps.find((row) => row.app === app)?.current_hash;
    return hash === null || has === hash ? [] : [`${app} is at ${has ?? 'nothing'}, not ${hash}`];
  });
  return [...(benches.length === 0 ? ['no bench of the deploy is Active'] : []), ...wrong];
}

/** For how long Press may still deny that there is something newer, ms; by its own clock. */
function remembered(
  { clock }: Account,
  benches: readonly string[],
  versions: readonly BenchVersion[],
): number {
  const since = versions
    .filter(({ name }) => benches.includes(name))
    .flatMap(({ deployed_on: at }) =>
      at === null ? [] : [Date.parse(`${at.replace(' ', 'T')}Z`)],
    );
  return since.length === 0 ? 0 : Math.max(...since) + REMEMBERED_MS - clock.now();
}
