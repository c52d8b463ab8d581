import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES_HELP, ExitCode } from '../../src/cli/exit-codes.js';
import { FailureType } from '../../src/domain/failures.js';
import { CHOICES } from '../../src/domain/messages.js';
import { OUTCOMES } from '../../src/domain/operations.js';
import { PressErrorCode } from '../../src/frappe-cloud/errors.js';
import { MaplePressErrorCode } from '../../src/maplepress/errors.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const documents = [
  ...[
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'simulators/press/README.md',
    'simulators/maplepress/README.md',
  ],
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join('docs', file.split(path.sep).join('/'))),
];
const manifest = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** Workflow types that run an operation, with the kind they give to the envelope. */
const operations = [...read('src/workflows/index.ts').matchAll(/\{ (\w+) \} from '\.\/(.+)\.js'/g)]
  .map(([, type = '', file = '']) => ({ type, text: read(`src/workflows/${file}.ts`) }))
  .flatMap(({ type, text }) => {
    const [, kind] = /return operation\(\s*'([a-z-]+)'/.exec(text) ?? [];
    return kind === undefined ? [] : [{ type, kind }];
  });

describe('operations', () => {
  it('are found', () =>
    expect(operations).toContainEqual({ type: 'provisionSite', kind: 'provision' }));

  it.each(operations)('$type has a page and a row in the README', ({ type, kind }) => {
    const page = `docs/workflows/${kind}.md`;
    expect(documents).toContain(page);
    expect(read(page)).toContain(`# ${type}\n`);
    const rows = read('README.md')
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.some((row) => row.includes(`\`${type}\``) && row.includes(`(${page})`))).toBe(true);
  });
});

describe('README.md', () => {
  it('can be read in two minutes', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });
});

describe.each(documents)('%s', (file) => {
  const text = read(file);

  it('names only npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
    const short = [...text.matchAll(/npm (start|test)\b/g)].map(([, script = '']) => script);
    expect([...named, ...short].filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  it('has no dead relative link', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(file, link))).toEqual(
      [],
    );
  });
});

it('justifies every dependency in docs/decisions.md', () => {
  const wanted = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const given = rowsOf('docs/decisions.md');
  expect(wanted.filter((name) => !given.has(name))).toEqual([]);
  expect([...given].filter((name) => !wanted.includes(name))).toEqual([]);
});

it('explains every failure type and every code of the providers in docs/failures.md', () => {
  const text = read('docs/failures.md');
  const types = rowsOf('docs/failures.md');
  expect(Object.values(FailureType).filter((type) => !types.has(type))).toEqual([]);
  const codes = [...Object.values(PressErrorCode), ...Object.values(MaplePressErrorCode)];
  expect(codes.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  expect(CHOICES.filter((choice) => !types.has(choice))).toEqual([]);
});

it('explains every exit code where people look for it', () => {
  const text = read('docs/failures.md');
  const codes = Object.values(ExitCode);
  expect(codes.filter((code) => !new RegExp(`^\\| ${code} +\\|`, 'm').test(text))).toEqual([]);
  expect(codes.filter((code) => !new RegExp(`^ *${code}  `, 'm').test(EXIT_CODES_HELP))).toEqual(
    [],
  );
});

it('explains every outcome in docs/architecture.md', () => {
  const explained = rowsOf('docs/architecture.md');
  expect(OUTCOMES.filter((outcome) => !explained.has(outcome))).toEqual([]);
});

/** What the tables of a document explain: the code at the beginning of their rows. */
function rowsOf(file: string): Set<string> {
  return new Set([...read(file).matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name = '']) => name));
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : path.posix.join(path.posix.dirname(from), file);
  if (!existsSync(path.join(root, target))) return false;
  return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
