import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

/** What each part may import by value and by type; docs/architecture.md tells why. */
const RULES: readonly {
  readonly part: RegExp;
  readonly values: RegExp;
  readonly types?: RegExp;
}[] = [
  { part: /^src\/domain\//, values: /^src\/domain\// },
  {
    part: /^src\/workflows\//,
    values: /^(src\/(domain|workflows)\/|@temporalio\/(workflow|common)$)/,
    types: /^src\/activities\//,
  },
  {
    part: /^src\/frappe-cloud\//,
    values: /^(src\/(domain|frappe-cloud|http)\/|node:|undici$|zod$)/,
  },
  { part: /^src\/maplepress\//, values: /^(src\/(domain|http|maplepress)\/|node:|undici$|zod$)/ },
  { part: /^src\/http\//, values: /^(src\/http\/|node:)/, types: /^undici$/ },
  { part: /^src\/ledger\//, values: /^(src\/(domain|ledger)\/|node:|kysely$|libsql$|pg$|zod$)/ },
  { part: /^src\/security\//, values: /^(src\/(domain|security)\/|node:|jose$|protobufjs$|zod$)/ },
  { part: /^src\/vault\//, values: /^(src\/(domain|vault)\/|node:|zod$|@aws-sdk\/client-s3$)/ },
  {
    part: /^src\/schemas\//,
    values:
      /^(src\/(domain|schemas)\/|src\/(ledger\/json|maplepress\/(domain|validation))|node:|zod$)/,
  },
  {
    part: /^src\/activities\//,
    values:
      /^(src\/(activities|domain|frappe-cloud|ledger|maplepress|schemas|vault)\/|node:|@temporalio\/(activity|common)$)/,
  },
  {
    part: /^src\/(client\.ts|client\/)/,
    values:
      /^(src\/(client|domain|schemas|security|temporal|errors\.ts)|node:|@temporalio\/(client|common)$)/,
    types: /^src\/(activities|workflows)\//,
  },
  {
    part: /^src\/gateway\//,
    values:
      /^(src\/(domain|frappe-cloud|gateway|ledger|maplepress|schemas|security)\/|src\/(config|policy-file|services)\.ts$|node:|fastify$|zod$)/,
    types: /^pino$/,
  },
  { part: /^simulators\//, values: /^(simulators\/|node:)/ },
];

/** Only entry points read the configuration. */
const READS_CONFIG =
  /^(src\/(worker|services|gateway\/main)\.ts|src\/(cli|stack)\/|demo\/|bench\/|scripts\/|test\/)/;

it('imports only in the directions of docs/architecture.md', () => {
  const wrong = importsOf(['src', 'simulators']).filter(({ file, from, typeOnly }) => {
    const rule = RULES.find(({ part }) => part.test(file));
    if (rule === undefined) return false;
    return !rule.values.test(from) && !(typeOnly && rule.types?.test(from));
  });
  expect(wrong).toEqual([]);
});

it('reads the configuration in entry points only', () => {
  const wrong = importsOf(['src', 'simulators', 'demo']).filter(
    ({ file, from, typeOnly }) =>
      from === 'src/config.ts' && !typeOnly && !READS_CONFIG.test(file) && file !== 'src/config.ts',
  );
  expect(wrong).toEqual([]);
});

it('reads process.env in config.ts only', () => {
  const allowed = /^(src\/config\.ts|src\/temporal\/find-cli\.mjs|src\/stack\/worker-process\.ts)$/;
  const wrong = filesIn(['src', 'simulators', 'demo']).filter(
    (file) => !allowed.test(file) && read(file).includes('process.env'),
  );
  expect(wrong).toEqual([]);
});

it('lets nothing import an entry point', () => {
  const entries = /^(src\/worker\.ts|src\/(cli|gateway|stack)\/main\.ts|demo\/main\.ts)$/;
  const wrong = importsOf(['src', 'simulators', 'demo']).filter(({ from }) => entries.test(from));
  expect(wrong).toEqual([]);
});

it('lets nobody but the local stack import the gateway', () => {
  const wrong = importsOf(['src', 'simulators', 'demo']).filter(
    ({ file, from }) => from.startsWith('src/gateway/') && !/^src\/(gateway|stack)\//.test(file),
  );
  expect(wrong).toEqual([]);
});

/** What `npx sitewright --help` loads; the slow packages are imported by commands when they act. */
it('shows help without loading Temporal, the ledger or a schema library', () => {
  const imports = importsOf(['src']).filter(({ typeOnly }) => !typeOnly);
  const loaded = new Set(['src/cli/main.ts']);
  for (const file of loaded) {
    for (const { from } of imports.filter((each) => each.file === file)) loaded.add(from);
  }
  const slow = [...loaded].filter((name) =>
    /^(@temporalio\/|zod|kysely|libsql|pg$|undici|pino|yaml|src\/ledger\/ledger)/.test(name),
  );
  expect(loaded.size).toBeGreaterThan(10);
  expect(slow).toEqual([]);
});

function filesIn(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mts|mjs)$/.test(file))
      .map((file) => path.posix.join(folder, file.split(path.sep).join('/'))),
  );
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Every static import and re-export, relative ones as paths from the root. */
function importsOf(folders: readonly string[]): readonly Import[] {
  const statement = /^(?:import|export)\s+(type\s)?([^'";]*?)\s*from\s*'([^']+)'/gm;
  return filesIn(folders).flatMap((file) =>
    [...read(file).matchAll(statement)].map(([, type, names = '', specifier = '']) => ({
      file,
      from: specifier.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts')
        : specifier,
      typeOnly: type !== undefined || /^\{(\s*type\s+\w+[^,]*,?)+\s*\}$/.test(names),
    })),
  );
}
