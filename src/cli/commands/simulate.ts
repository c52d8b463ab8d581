import { InvalidArgumentError, type Command } from 'commander';
import { ExitCode } from '../exit-codes.js';
import { addExamples, addJson, type CommonOptions } from '../options.js';
import { run } from '../run.js';

interface Options extends CommonOptions {
  readonly port?: number;
  readonly speed: number;
  readonly seed?: number;
  readonly stateFile?: string;
}

/** `sitewright simulate`: a Press to try things on, without any of the rest. */
export function registerSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .description('run a simulated Frappe Cloud (the Press API) until Ctrl-C')
    .option('--port <port>', 'where to listen on 127.0.0.1 (default: any free port)', number)
    .option('--speed <factor>', 'how many times as fast as the real one', number, 1)
    .option('--seed <n>', 'same seed, same names and durations', number)
    .option('--state-file <file>', 'keep the world here between runs');
  addExamples(addJson(command), [
    'simulate --port 8080 --speed 20',
    'simulate --seed 7 --json',
  ]).action((options: Options) =>
    run(options, async (out) => {
      const [{ describeSimulator, startPressSimulator }, { aborted, untilInterrupted }] =
        await Promise.all([
          import('../../../simulators/press/index.js'),
          import('../interrupt.js'),
        ]);
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
        '',
        'Ctrl-C ends it.',
      ]);
      await untilInterrupted(aborted);
      await simulator.close();
      return ExitCode.ok;
    }),
  );
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('a number from 0 on.');
}
