import type { Command } from 'commander';
import { registerVerdict } from '../verdict.js';

/** `sitewright reject <site|operation>`. */
export function registerReject(program: Command): void {
  registerVerdict(
    program,
    'reject',
    'reject the plan of an operation; until the first effect this also revokes an approval',
  );
}
