import { InvalidArgumentError, type Command, Option } from 'commander';
import { ExitCode } from '../exit-codes.js';
import { addExamples, addJson, type CommonOptions } from '../options.js';
import type { Output } from '../output.js';
import { run } from '../run.js';

interface Options extends CommonOptions {
  readonly provider: keyof typeof PROVIDERS;
  readonly port?: number;
  readonly speed: number;
  readonly seed?: number;
  readonly stateFile?: string;
}

/** How to start each simulator, and to say what is there. Answers how to end it. */
const PROVIDERS = {
  async 'frappe-cloud'(out: Output, options: Options) {
    const { describeSimulator, startPressSimulator } =
      await import('../../../simulators/press/index.js');
    const simulator = await startPressSimulator(options);
    const { url, domain, accounts } = simulator;
    const { apiKey, apiSecret, team } = accounts.main;
    out.document({ url, domain, accounts });
    out.lines([
      describeSimulator(simulator),
      'For a worker of Sitewright:',
      `  export FRAPPE_CLOUD_MAIN_URL=${url} FRAPPE_CLOUD_MAIN_TEAM=${team}`,
      `  export FRAPPE_CLOUD_MAIN_KEY=${apiKey} FRAPPE_CLOUD_MAIN_SECRET=${apiSecret}`,
      `  export FRAPPE_CLOUD_MAIN_SITE_PROBE=${url}/api/method/ping`,
    ]);
    return () => simulator.close();
  },

  async maplepress(out: Output, options: Options) {
    const { startMaplePressSimulator } = await import('../../../simulators/maplepress/index.js');
    const simulator = await startMaplePressSimulator(options);
    const { url, tenants } = simulator;
    const { email, password } = tenants.main;
    out.document({ url, tenants });
    out.lines([
      `MaplePress simulator at ${url}, tenants ${Object.keys(tenants).join(', ')}`,
      'For a worker of Sitewright:',
      `  export MAPLEPRESS_MAIN_URL=${url}`,
      `  export MAPLEPRESS_MAIN_EMAIL=${email} MAPLEPRESS_MAIN_PASSWORD=${password}`,
    ]);
    return () => simulator.close();
  },
};

/** `sitewright simulate`: a provider to try things on, without any of the rest. */
export function registerSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .description('run a simulated Frappe Cloud (the Press API), or MaplePress, until Ctrl-C')
    .addOption(
      new Option('--provider <name>', 'which of them')
        .choices(Object.keys(PROVIDERS))
        .default('frappe-cloud'),
    )
    .option('--port <port>', 'where to listen on 127.0.0.1 (default: any free port)', number)
    .option('--speed <factor>', 'how many times as fast as the real one', number, 1)
    .option('--seed <n>', 'same seed, same names and durations', number)
    .option('--state-file <file>', 'keep the world here between runs');
  addExamples(addJson(command), [
    'simulate --port 8080 --speed 20',
    'simulate --provider maplepress --seed 7 --json',
  ]).action((options: Options) =>
    run(options, async (out) => {
      const { aborted, untilInterrupted } = await import('../interrupt.js');
      const close = await PROVIDERS[options.provider](out, options);
      out.lines(['', 'Ctrl-C ends it.']);
      await untilInterrupted(aborted);
      await close();
      return ExitCode.ok;
    }),
  );
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('a number from 0 on.');
}
