import Table from 'cli-table3';
import type { OperationSummary } from '../../client.js';
import { isOutcome } from '../../domain/operations.js';
import type { View } from '../output.js';
import { stateLabel } from './status.js';
import { between } from './time.js';

/** A table without lines: what is left is what is read. */
const BARE = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left'],
    ...['bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((part) => [part, part === 'middle' ? '  ' : '']),
);

/** One line per operation. */
export function renderList(
  operations: readonly OperationSummary[],
  { colors, now }: View,
): readonly string[] {
  if (operations.length === 0) {
    return ['No operations. Start one: npx sitewright provision --help'];
  }
  const table = new Table({
    head: ['site', 'operation', 'state', 'for', 'started', 'by', 'id'].map((name) =>
      colors.dim(name),
    ),
    chars: BARE,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const operation of operations) {
    const { site, kind, state, since, startedAt, requestedBy, operationId } = operation;
    table.push([
      operation.needsAttention ? colors.bold(site) : site,
      kind,
      `${stateLabel(state, colors)}${waitsFor(operation)}`,
      isOutcome(state) ? '' : between(since, now),
      `${between(startedAt, now)} ago`,
      requestedBy,
      operationId,
    ]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function waitsFor({ state, waitingFor }: OperationSummary): string {
  return isOutcome(state) || waitingFor.length === 0 ? '' : ` (${waitingFor.join(', ')})`;
}
