import { type Command, Option } from 'commander';
import { OPERATION_KINDS } from '../../domain/operations.js';
import { addBy, addExamples, addJson, collect, type CommonOptions } from '../options.js';
import type { ExplainOptions } from '../policy/explain.js';
import { run } from '../run.js';

/** `sitewright policy`: what a policy file says, before a worker goes by it. */
export function registerPolicy(program: Command): void {
  const policy = addExamples(
    program
      .command('policy')
      .description('check a policy file, and explain what it decides; needs nothing that runs'),
    ['policy check', 'policy check --json', 'policy explain --kind archive --by crm'],
  );

  const check = policy
    .command('check')
    .description('find everything wrong with a policy file, with its lines (exit code 0 or 64)')
    .argument(
      '[file]',
      'policy file (default: that of the local stack that runs, else of the configuration)',
    );
  addExamples(addJson(check), [
    'policy check',
    'policy check config/policy.permissive.yaml',
    'policy check --json',
  ]).action((file: string | undefined, options: CommonOptions) =>
    run(options, async (out) => (await import('../policy/check.js')).checkPolicy(out, file)),
  );

  const explain = policy
    .command('explain')
    .description('show which rule decides about an operation, and why (exit code 0, refused: 11)')
    .addOption(
      new Option('--kind <kind>', 'what is asked for')
        .choices(OPERATION_KINDS)
        .makeOptionMandatory(),
    )
    .option('--input <json>', 'input of the operation, as the client library takes it')
    .option('--input-file <file>', 'the same from a file; - reads standard input')
    .option(
      '--fact <name=value>',
      'what only Press knows: planPriceUsd=50, appPriceUsd=20, apps=frappe,erpnext, sites=3, tags=vip, at=2026-12-24T20:00:00Z, newPlanPriceUsd=100, …; repeatable',
      collect,
    )
    .option(
      '--file <file>',
      'policy file (default: that of the local stack that runs, else of the configuration)',
    );
  addExamples(addJson(addBy(explain)), [
    'policy explain --kind archive --by crm',
    'policy explain --kind upgrade --input \'{"site":"shop.example.com","safetyCopy":"skip"}\' --fact planPriceUsd=50',
    'policy explain --kind provision --input-file input.json --fact planPriceUsd=25 --file new.yaml --json',
  ]).action((options: ExplainOptions & CommonOptions) =>
    run(options, async (out) => (await import('../policy/explain.js')).explainPolicy(out, options)),
  );
}
