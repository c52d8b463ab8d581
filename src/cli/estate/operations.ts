import type { SiteOperation } from '../../schemas/estate/operations.js';
import { between } from '../render/time.js';
import { columns } from './table.js';

/** Operations below each other, as they stand below a site. */
export function operationLines(operations: readonly SiteOperation[], now: Date): readonly string[] {
  return columns(
    operations.map((operation) => [
      operation.kind,
      operation.state.replaceAll('_', ' '),
      `${between(operation.openedAt, now)} ago`,
      operation.requestedBy,
      operation.operationId,
    ]),
  );
}
