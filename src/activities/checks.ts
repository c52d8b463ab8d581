import type { Check } from '../domain/plan.js';

/** What a preflight looked at, and what it thinks of it. */
export const pass = (name: string, detail: string): Check => ({ name, result: 'pass', detail });
export const warn = (name: string, detail: string): Check => ({ name, result: 'warn', detail });
export const fail = (name: string, detail: string): Check => ({ name, result: 'fail', detail });

/** A wrong team header is silently ignored by Press (A 1.3). */
export function teamCheck(
  { team }: { readonly team: string },
  self: { readonly ok: boolean; readonly reason?: string },
): Check {
  return self.ok
    ? pass('account', `Press acts as team ${team}`)
    : fail('account', self.reason ?? 'Press acts as another team');
}
