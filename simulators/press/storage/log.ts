import type { CallRecord, Json } from '../types.js';
import { iso } from '../world/time.js';
import type { World } from '../world/world.js';

/** Opens the line of a transfer in the log of calls: it has no team and commits no rows. */
export function openTransfer(world: World, method: string, args: Record<string, Json>) {
  const record: CallRecord = {
    seq: (world.state.callSeq += 1),
    at: iso(world.now()),
    verb: method.split('.')[1]?.split('_')[0]?.toUpperCase() ?? '',
    method,
    action: null,
    args,
    team: null,
    status: null,
    answered: false,
    committed: false,
    fault: null,
  };
  world.state.calls.push(record);
  return {
    end(status: number): void {
      record.status = status;
      record.answered = true;
    },
  };
}
