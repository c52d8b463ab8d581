import { PressError } from '../http/errors.js';
import { MICROS_PER_SECOND } from '../world/time.js';
import type { World } from '../world/world.js';

const LIMIT = 10;
const WINDOW = 60 * MICROS_PER_SECOND;

/** Fixed window per address; rejected calls count too, and nothing extends the window (A 6). */
export function checkExistsRate(world: World, address: string): void {
  const now = world.now();
  const known = world.state.rateWindows[address];
  const open = known !== undefined && now - known.since < WINDOW;
  const window = open ? known : { since: now, count: 0 };
  window.count += 1;
  world.state.rateWindows[address] = window;
  if (window.count <= LIMIT) return;
  throw new PressError(
    'RateLimitExceededError',
    'You hit the rate limit because of too many requests. Please try after sometime.',
    { source: false },
  );
}
