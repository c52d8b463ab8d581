import { isOutcome } from '../../domain/operations.js';
import type { ChainFault, Json, OperationRow, StoredEvent } from '../../ledger/types.js';
import type { View } from '../output.js';
import { oneLine, pad, row, widest } from './rows.js';
import { stateLabel } from './status.js';
import { between, duration } from './time.js';

/** One operation and its entries, the time of each counted from the first. */
export function renderRecord(
  operation: OperationRow,
  events: readonly StoredEvent[],
  { colors, now }: View,
): readonly string[] {
  const { kind, site, state, openedAt, closedAt, operationId, requestedBy, reason } = operation;
  const took = closedAt === null ? '' : `, took ${between(openedAt, closedAt)}`;
  const start = new Date(events[0]?.at ?? openedAt).getTime();
  const times = events.map(({ at }) => `+${duration(new Date(at).getTime() - start)}`);
  const types = widest(events.map(({ type }) => type));
  return [
    `${colors.bold(`${kind} ${site}`)}   ${stateLabel(state, colors)}${isOutcome(state) ? '' : ' (open)'}`,
    row(['operation', operationId]),
    row(['requested', `by ${requestedBy}, ${between(openedAt, now)} ago${took}`]),
    ...(reason === null ? [] : [row(['reason', reason])]),
    '',
    ...events.map(({ type, data }, index) =>
      `  ${pad(times[index] ?? '', widest(times))}  ${pad(type, types)}  ${oneLine(gistOf(type, data), 140)}`.trimEnd(),
    ),
  ];
}

/** What verification came to. */
export function renderFaults(
  checked: number,
  faults: readonly ChainFault[],
  { colors }: View,
): readonly string[] {
  const operations = `${checked} operation${checked === 1 ? '' : 's'}`;
  if (faults.length === 0) return [`${colors.green('✓')} the chains of ${operations} are whole`];
  return [
    `${colors.red('✗')} ${faults.length} faults in the chains of ${operations}`,
    ...faults.map(
      ({ operationId, sequence, problem }) => `  ${operationId} entry ${sequence}: ${problem}`,
    ),
  ];
}

/** What an entry says, by type; a type nobody knows is shown as it is. */
function gistOf(type: string, data: Json): string {
  const at = (...path: readonly string[]) => textAt(data, path);
  switch (type) {
    case 'operation.opened':
      return `requested by ${at('requestedBy')}`;
    case 'operation.planned':
      return `plan ${at('hash')}, policy: ${at('material', 'rule')}${at('refusal') && `; ${at('refusal')}`}`;
    case 'operation.locked':
    case 'operation.released':
      return Array.isArray(data) ? data.join(', ') : textAt(data, []);
    case 'operation.attention':
      return `${at('step')}: ${at('message')}`;
    case 'operation.alarm':
      return at('problem');
    case 'operation.closed':
      return [at('outcome'), at('reason')].filter((part) => part !== '').join(': ');
    case 'decision.recorded': {
      const said = (name: string) => at('ledger', 'decision', name);
      const counts = said('accepted') === 'true' ? 'counts' : 'does not count';
      const verified = said('verified') === 'true' ? '' : ' (UNVERIFIED)';
      return `${said('verdict')} by ${said('by')}${verified}, ${counts}: ${said('reason')}`;
    }
    case 'secret.stored':
      return `${at('label')}, until ${at('expiresAt')}${at('sealedFor') && `, for key ${at('sealedFor')}`}`;
    case 'secret.wiped':
      return `${at('label')}: it opens nothing any more`;
    case 'secret.expiring':
      return `nobody has claimed the ${at('label')}; it expires at ${at('expiresAt')}`;
    case 'secret.expired':
      return `nobody has claimed the ${at('label')}; it expired at ${at('expiresAt')}`;
    case 'secret.claimed':
    case 'secret.claim_refused':
      return `${at('label')} by ${at('by')}${at('status') === 'claimed' ? '' : `: ${at('status').replaceAll('_', ' ')}`}`;
    case 'command.sent':
    case 'command.adopted':
      return [at('step'), at('endpoint'), at('tracker', 'job') || at('tracker', 'kind')].join(
        ' · ',
      );
    case 'command.refused':
    case 'command.failed':
      return `${at('step')} · ${at('endpoint')}: ${at('reason')}`;
    default:
      return JSON.stringify(data);
  }
}

function textAt(data: unknown, path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined,
    data,
  );
  if (found === undefined || found === null) return '';
  return typeof found === 'string' ? found : JSON.stringify(found);
}
