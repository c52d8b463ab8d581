import { Option, type Command } from 'commander';
import { InvalidInput } from '../../errors.js';
import { ExitCode } from '../exit-codes.js';
import { addExamples, addJson, type CommonOptions } from '../options.js';
import type { Output } from '../output.js';
import { run } from '../run.js';
import type { OperationOptions } from '../target.js';

interface Options extends CommonOptions, OperationOptions {
  readonly verify?: boolean;
  readonly export?: 'jsonl' | 'csv';
}

/** `sitewright ledger <site|operation>`: what was asked, decided, sent and found. */
export function registerLedger(program: Command): void {
  const command = program
    .command('ledger')
    .description('print what was asked, decided, sent and found; reads the ledger itself')
    .argument('[site|operation]', 'name of a site, or id of an operation')
    .option('--operation <id>', 'only this operation of the site')
    .option('--verify', 'check the chain of every entry (without a name: of all operations)')
    .addOption(
      new Option('--export <format>', 'print entries as they are (without a name: all)').choices([
        'jsonl',
        'csv',
      ]),
    );
  addExamples(addJson(command), [
    'ledger acme-shop.example.com',
    'ledger acme-shop.example.com --verify',
    'ledger 0f3a5c7e9b1d2f40 --export csv > operation.csv',
    'ledger --export jsonl > everything.jsonl',
    'ledger --verify',
  ]).action((name: string | undefined, options: Options) =>
    run(options, (out) => ledger(out, name ?? options.operation, options)),
  );
}

async function ledger(out: Output, name: string | undefined, options: Options): Promise<ExitCode> {
  if (name === undefined && !options.verify && !options.export) {
    const message = 'missing: a site, or an operation';
    throw new InvalidInput([{ path: '<site|operation>', message }]);
  }
  const [{ withLedger, recordsOf }, { renderRecord, renderFaults }] = await Promise.all([
    import('../ledger-reading.js'),
    import('../render/ledger.js'),
  ]);
  return withLedger(async (store, { domain }) => {
    const operations =
      name === undefined ? [] : await recordsOf(store, name, { domain, ...options });
    const ids = operations.map(({ operationId }) => operationId);
    if (options.export) {
      const { printEvents } = await import('../ledger-export.js');
      const wanted = name === undefined ? store.operationIds() : ids;
      await printEvents(out, store, wanted, options.export);
      return ExitCode.ok;
    }
    const records = [];
    for (const operation of operations) {
      const events = await store.events(operation.operationId);
      records.push({ ...operation, events });
      out.lines([...renderRecord(operation, events, out.view()), '']);
    }
    if (!options.verify) {
      out.document({ operations: records });
      return ExitCode.ok;
    }
    const checked = name === undefined ? (await store.health()).operations : ids.length;
    const faults =
      name === undefined
        ? await store.verify()
        : (await Promise.all(ids.map((id) => store.verify(id)))).flat();
    out.document({ operations: records, verification: { checked, faults } });
    out.lines(renderFaults(checked, faults, out.view()));
    return faults.length === 0 ? ExitCode.ok : ExitCode.findings;
  });
}
