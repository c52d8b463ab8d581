import type { ProvisionSiteInput } from '../../domain/inputs.js';
import { siteNameOf } from '../../domain/operations.js';
import { hashOf } from '../../schemas/hash.js';
import { checkInput } from '../../schemas/operation-inputs.js';
import { type givenBy, type ProvisionDefaults, splitName } from '../provision-input.js';
import { sealedLater, type Secrets } from '../secrets.js';
import { LIST_COLUMNS, TEXT_COLUMNS } from './columns.js';
import type { BatchProblem } from './problems.js';
import type { Row } from './rows.js';
import { grouped, settingsOf } from './row-settings.js';

/** What counts for every row that says nothing else. */
export interface Shared {
  readonly defaults: ProvisionDefaults;
  readonly given: ReturnType<typeof givenBy>;
  readonly secrets: Secrets;
  /** Tells batches apart that have equal rows. */
  readonly batch: string;
}

/** A row that can be started. */
export interface ReadyRow {
  readonly line: number;
  readonly subdomain: string;
  readonly input: ProvisionSiteInput;
  readonly secrets: Secrets;
  /** Whether the key of the input was made from the row, which has none. */
  readonly derivedKey: boolean;
}

/** A row that cannot. */
export interface BadRow {
  readonly line: number;
  readonly subdomain: string;
  readonly problems: readonly BatchProblem[];
}

type Fields = Row['fields'];

/** Makes the input of an operation from a row, or tells every problem there is. */
export function readRow(row: Row, shared: Shared): ReadyRow | BadRow {
  const { line, fields } = row;
  const { subdomain, ...name } = nameIn(fields);
  const settings = settingsOf(row, shared);
  const { dryRun } = shared.given;
  const derivedKey = !fields.has('key') && !dryRun;
  const input: Readonly<Record<string, unknown>> = {
    ...shared.defaults,
    ...shared.given,
    ...name,
    ...singleFields(fields),
    subdomain,
    ...(derivedKey && { idempotencyKey: keyOf(shared.batch, fields) }),
    // A key of a real operation must stay free for it.
    ...(dryRun && { idempotencyKey: undefined }),
    config: { ...settings.config, ...sealedLater(settings.secrets) },
    appPlans: { ...shared.given.appPlans, ...grouped(fields, 'appPlans') },
  };
  const checked = checkInput('provision', withoutNothing(input));
  const problems = [...row.problems, ...settings.problems];
  // Of a row that cannot be read, everything seems to be missing.
  const isReadable = row.problems.length === 0 || fields.size > 0;
  if (!checked.ok && isReadable) {
    for (const { path, message } of checked.problems) {
      const column = columnOf(path, settings.secrets);
      const isMissing = !path.includes('.') && input[path] === undefined;
      problems.push({ line, column, message: isMissing ? missing(column) : message });
    }
  }
  const where = { line, subdomain: typeof subdomain === 'string' ? subdomain : '' };
  if (!checked.ok || problems.length > 0) return { ...where, problems };
  return { ...where, input: checked.input, secrets: settings.secrets, derivedKey };
}

/** What may be in a batch once only: a site, and a key. */
export function uniquesOf({
  input,
  derivedKey,
}: ReadyRow): readonly { readonly column: string; readonly is: string }[] {
  const { account, idempotencyKey } = input;
  const site = { column: 'subdomain', is: `${siteNameOf(input)} of account ${account}` };
  if (idempotencyKey === undefined || derivedKey) return [site];
  return [site, { column: 'key', is: idempotencyKey }];
}

/**
 * The key of a row that has none: equal for equal rows of a batch, whatever the order of their
 * columns. Secrets are in it by name only, because ids that are made of it are no secret (D 7).
 */
function keyOf(batch: string, fields: Fields): string {
  const told = [...fields].map(([column, value]) =>
    column.startsWith('secret.') ? [column] : [column, value],
  );
  return `batch-${hashOf([batch, told.sort()]).slice(0, 32)}`;
}

/** A full name may stand for subdomain and domain. */
function nameIn(fields: Fields): { readonly subdomain: unknown; readonly domain?: string } {
  const name = fields.get('subdomain');
  if (typeof name !== 'string') return { subdomain: name };
  const { subdomain, domain } = splitName(name);
  return domain === undefined ? { subdomain } : { subdomain, domain };
}

function singleFields(fields: Fields): Readonly<Record<string, unknown>> {
  const texts = TEXT_COLUMNS.map((column) => [
    column === 'key' ? 'idempotencyKey' : column,
    fields.get(column),
  ]);
  const lists = LIST_COLUMNS.map((column) => [column, listed(fields.get(column))]);
  return withoutNothing(Object.fromEntries([...texts, ...lists]) as object);
}

function listed(value: unknown): unknown {
  return typeof value === 'string' ? value.split(/[\s;,]+/).filter((name) => name !== '') : value;
}

/** Without the members that are undefined, and groups without a member. */
function withoutNothing(value: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([key, member]: [string, unknown]) =>
        member !== undefined &&
        !(['config', 'appPlans'].includes(key) && Object.keys(member as object).length === 0),
    ),
  );
}

function columnOf(path: string, secrets: Secrets): string {
  const [first = '', second] = path.split('.', 2);
  if (first === 'config' && second !== undefined && secrets.has(second)) return `secret.${second}`;
  if (first === 'config' || first === 'appPlans') return path;
  return first === 'idempotencyKey' ? 'key' : first;
}

function missing(column: string): string {
  const shared = ['plan', 'version', 'apps'].includes(column);
  return shared ? `missing; for all rows: --${column}` : 'missing';
}
