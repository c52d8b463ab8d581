import type { Command } from 'commander';
import { registerVerdict } from '../verdict.js';

/** `sitewright approve <site|operation>`. */
export function registerApprove(program: Command): void {
  registerVerdict(program, 'approve', 'approve the plan of an operation that waits for it');
}
