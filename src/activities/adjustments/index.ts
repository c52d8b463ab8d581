import type { Verification, PlanArgs } from '../../domain/activity-types.js';
import type {
  AdjustmentTarget,
  Change,
  ChangeArgs,
  VerifyChangeArgs,
} from '../../domain/adjustments.js';
import type { SiteRequest } from '../../domain/inputs.js';
import type { Plan } from '../../domain/plan.js';
import type { Sent } from '../../domain/trackers.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import type { ChangeKind } from './adjustment.js';
import { CHANGES } from './changes.js';
import { planAdjustment } from './plan-adjustment.js';

/** Operations that are one change of a site: planned, made and read back by the data of their kind. */
export function createAdjustmentActivities(deps: ActivityDeps) {
  const { accounts, timing } = deps;
  return {
    /** Preflight: read-only. */
    planAdjustment: (args: PlanArgs<SiteRequest>): Promise<Plan<AdjustmentTarget>> =>
      whileBeating(() => planAdjustment(deps, args)),

    /** Makes a change of a site, once (D 4.1). */
    async makeChange({ key, account: name, site, change }: ChangeArgs): Promise<Sent> {
      const account = accounts.get(name);
      const kind = kindOf(change);
      return whileBeating((signal) => {
        const asked = { deps, account, key, site, change, options: { signal } };
        return runCommand(deps, {
          key,
          account,
          endpoint: kind.endpoint,
          payload: { site, change: kind.payload?.(change) ?? change },
          repeat: kind.repeat,
          locate: (since) => kind.locate(asked, since),
          send: (since) => kind.send(asked, since),
        });
      });
    },

    /** Looks again until the deadline; what is then still wrong is the answer. */
    async verifyChange(args: VerifyChangeArgs): Promise<Verification> {
      const { site, change, deadline } = args;
      const account = accounts.get(args.account);
      return whileBeating(async (signal) => {
        const asked = { deps, account, site, change, options: { signal } };
        const {
          missing: failures,
          exceptions = [],
          details = {},
        } = await kindOf(change).look(asked);
        if (failures.length > 0 && Date.now() < deadline) {
          throw new NotYet(failures.join('; '), timing.verifyInterval);
        }
        return { ok: failures.length === 0, failures, exceptions, details };
      });
    },
  };
}

/** The kind of a change takes exactly that change. */
const kindOf = (change: Change): ChangeKind<Change> => CHANGES[change.do] as ChangeKind<Change>;
