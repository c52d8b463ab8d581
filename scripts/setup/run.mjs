import { spawn } from 'node:child_process';
import { SetupProblem } from './report.mjs';

/** Long enough not to flood a log, short enough not to look dead. */
const stillHereEveryMs = 10_000;
const shownOnFailure = 40;

/**
 * Runs a command, saying every ten seconds that it is still at work and what it last said.
 * Its output is shown only when it fails.
 */
export function run(report, what, command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const lines = [];
    const keep = (chunk) => {
      lines.push(
        ...String(chunk)
          .split(/\r?\n/)
          .filter((line) => line.trim() !== ''),
      );
      lines.splice(0, lines.length - shownOnFailure);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const started = Date.now();
    const stillHere = setInterval(() => {
      const seconds = Math.round((Date.now() - started) / 1000);
      const last = lines.length > 0 ? `: ${lines[lines.length - 1].trim().slice(0, 100)}` : '';
      report(`  ${what}, ${seconds} s so far${last}`);
    }, stillHereEveryMs);

    child.once('error', (error) => finish(error.message));
    child.once('close', (code, signal) =>
      finish(code === 0 ? undefined : (signal ?? `code ${code}`)),
    );

    function finish(failure) {
      clearInterval(stillHere);
      if (failure === undefined) resolve();
      else reject(new SetupProblem(`${what} failed (${failure})\n${lines.join('\n')}`));
    }
  });
}

/** npm as it runs us, else the one on PATH (on Windows a script, which needs a shell). */
export function npm(report, what, args, options = {}) {
  const self = process.env.npm_execpath;
  if (self && self.endsWith('.js')) {
    return run(report, what, process.execPath, [self, ...args], options);
  }
  return run(report, what, 'npm', args, { shell: process.platform === 'win32', ...options });
}
