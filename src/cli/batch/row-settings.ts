import type { Secrets } from '../secrets.js';
import { problemOfSecret } from '../secrets.js';
import { type GroupColumn, groupOf } from './columns.js';
import type { BatchProblem } from './problems.js';
import type { Row } from './rows.js';

interface Settings {
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Secrets;
  readonly problems: readonly BatchProblem[];
}

/**
 * Site config of a row, plain and secret. What the row says of a name counts before what is shared,
 * also where one is a secret and the other is none.
 */
export function settingsOf(
  { line, fields }: Row,
  shared: {
    readonly given: { readonly config?: Readonly<Record<string, unknown>> };
    readonly secrets: Secrets;
  },
): Settings {
  const config = grouped(fields, 'config');
  const secrets = Object.entries(grouped(fields, 'secret'));
  const problems = secrets.flatMap(([name, value]): BatchProblem[] => {
    const twice = Object.hasOwn(config, name) ? `is there as config.${name}, too` : null;
    const message = problemOfSecret(value) ?? twice;
    return message === null ? [] : [{ line, column: `secret.${name}`, message }];
  });
  const own = new Set([...Object.keys(config), ...secrets.map(([name]) => name)]);
  const others = (all: Iterable<readonly [string, unknown]>) =>
    [...all].filter(([name]) => !own.has(name));
  const all = [...others(shared.secrets), ...secrets];
  return {
    config: { ...Object.fromEntries(others(Object.entries(shared.given.config ?? {}))), ...config },
    secrets: new Map(
      all.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
    problems,
  };
}

/** The fields of a group by their names in it. */
export function grouped(
  fields: Row['fields'],
  group: GroupColumn,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...fields].flatMap(([column, value]) => {
      const named = groupOf(column);
      return named?.group === group ? [[named.name, value] as const] : [];
    }),
  );
}
