import type { PlanArgs } from '../../domain/activity-types.js';
import type { MoveSiteInput } from '../../domain/inputs.js';
import type { LookAtMoveArgs, StartMoveArgs, VerifyMoveArgs } from '../../domain/moves.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { lookAtMove } from './look-at-move.js';
import { planMove } from './plan-move.js';
import { startMove } from './start-move.js';
import { verifyMove } from './verify-move.js';

/** What it takes to move a site to another server, group or region (C 2.7-2.10). */
export function createMoveActivities(deps: ActivityDeps) {
  return {
    planMove: (args: PlanArgs<MoveSiteInput>) => whileBeating(() => planMove(deps, args)),
    startMove: (args: StartMoveArgs) => startMove(deps, args),
    lookAtMove: (args: LookAtMoveArgs) =>
      whileBeating((signal) => lookAtMove(deps, args, { signal })),
    verifyMove: (args: VerifyMoveArgs) =>
      whileBeating((signal) => verifyMove(deps, args, { signal })),
  };
}
