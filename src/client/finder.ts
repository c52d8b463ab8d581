import { setTimeout as delay } from 'node:timers/promises';
import { type Client, type WorkflowExecutionInfo, WorkflowNotFoundError } from '@temporalio/client';
import { operationIdFrom } from '../domain/operations.js';
import { NotFound, SiteBusy } from '../errors.js';
import { spellingsOf } from '../schemas/spellings.js';
import { OPERATION_TYPES, visibilityQuery } from './summary.js';

/** How far Temporal's visibility may lag behind a start. */
const VISIBLE_WITHIN_MS = 2_000;

/** A run, and the operation id that its messages must name. */
export interface Found {
  readonly workflowId: string;
  readonly operationId: string;
  readonly running: boolean;
}

/** A start by another SDK may have any workflow id: what the operation calls itself counts. */
export function foundIn({
  workflowId,
  status,
  typedSearchAttributes,
}: Pick<WorkflowExecutionInfo, 'workflowId' | 'status' | 'typedSearchAttributes'>): Found {
  const named = typedSearchAttributes.getAll().find(({ key }) => key.name === 'OperationId')?.value;
  return {
    workflowId,
    operationId: typeof named === 'string' ? named : operationIdFrom(workflowId),
    running: status.name === 'RUNNING',
  };
}

/** Finds operations by whatever a person has at hand. */
export class Finder {
  readonly #client: Client;
  readonly #call: <T>(work: () => Promise<T>) => Promise<T>;

  /** `call` runs a call with a time limit and names what does not answer. */
  constructor(client: Client, call: <T>(work: () => Promise<T>) => Promise<T>) {
    this.#client = client;
    this.#call = call;
  }

  /** The run behind an operation id, a site or a workflow id. @throws NotFound, SiteBusy */
  async find(operation: string): Promise<Found> {
    const found = await this.findIfKnown(operation);
    if (found === null) throw new NotFound(`no operation is known for "${operation}"`);
    return found;
  }

  /** As {@link find}, but null when there is none. @throws SiteBusy */
  async findIfKnown(operation: string): Promise<Found | null> {
    if (operation.includes(':')) {
      const described = await this.#call(() =>
        this.#client.workflow.getHandle(operation).describe(),
      ).catch((error: unknown) => {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      });
      // What else runs in Temporal, a round of backups for one, knows none of our messages.
      return described && OPERATION_TYPES.includes(described.type) ? foundIn(described) : null;
    }
    // Visibility follows a start by a moment: a miss counts only when it lasts.
    for (const giveUpAt = Date.now() + VISIBLE_WITHIN_MS; Date.now() < giveUpAt;) {
      const found = await this.#look(operation);
      if (found !== null) return found;
      await delay(100);
    }
    return null;
  }

  /** Open operations before ended ones, the newest first. */
  async #look(operation: string): Promise<Found | null> {
    const spellings = spellingsOf(operation);
    for (const name of ['OperationId', 'Site', 'WorkflowId']) {
      const found: Found[] = [];
      const query = visibilityQuery({ WorkflowType: OPERATION_TYPES, [name]: spellings });
      await this.#call(async () => {
        for await (const info of this.#client.workflow.list({ query })) {
          found.push(foundIn(info));
          if (found.length >= 100) break;
        }
      });
      const open = found.filter(({ running }) => running);
      if (open.length > 1) {
        throw new SiteBusy(
          operation,
          open.map(({ operationId }) => operationId),
        );
      }
      const best = open[0] ?? found[0];
      if (best) return best;
    }
    return null;
  }
}
