import { randomUUID } from 'node:crypto';
import {
  type Client,
  type Connection,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { TimeoutFailure } from '@temporalio/common';
import type { ConfiguredAccounts } from '../activities/configured-accounts.js';
import type { Diagnosis } from '../activities/diagnose.js';
import type {
  Approval,
  By,
  Claim,
  ClaimedSecret,
  ConnectOptions,
  ListFilter,
  OperationHandle,
  OperationSummary,
  Sitewright,
} from '../client.js';
import type { Answer, Choice } from '../domain/messages.js';
import type { InputOf, ProvisionSiteInput, SealedValue } from '../domain/inputs.js';
import {
  isMaplePressKind,
  isOutcome,
  operationIdFrom,
  type OperationKind,
  type OperationResult,
  subjectOf,
  WORKFLOW_TYPE,
  workflowIdFor,
} from '../domain/operations.js';
import { QUEUES } from '../domain/queues.js';
import type { OperationStatus } from '../domain/status.js';
import { IdempotencyConflict, InvalidInput, NotFound, Unreachable } from '../errors.js';
import { payloadHashOf } from '../schemas/hash.js';
import { checkInput } from '../schemas/operation-inputs.js';
import { spellingsOf } from '../schemas/spellings.js';
import { seal } from '../security/sealed.js';
import { type Callee, JustTakenOver, reaching, SERVER, WORKER } from './calls.js';
import { claim } from './claim.js';
import { mintOperationId } from './operation-id.js';
import { patiently, untilNextAsk } from './patience.js';
import { Finder, type Found } from './finder.js';
import { OPERATION_TYPES, summaryOf, visibilityQuery } from './summary.js';

/** A person waits for most answers. */
const CALL_LIMIT_MS = 10_000;
/** How long {@link TemporalSitewright.wait} puts up with nobody answering. */
const WORKER_BACK_WITHIN_MS = 60_000;
/** How long the tasks of a worker that died wait for it, and then some. */
const TAKEN_OVER_WITHIN_MS = 15_000;

/** The client over Temporal: knows ids, queues and messages, so that callers need not. */
export class TemporalSitewright implements Sitewright {
  readonly temporal: Client;
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #options: ConnectOptions;
  readonly #finder: Finder;
  #sealTo: Diagnosis['sealTo'] | null = null;

  constructor(
    parts: ConnectOptions & {
      readonly client: Client;
      readonly connection: Connection;
      readonly namespace: string;
    },
  ) {
    this.temporal = parts.client;
    this.#connection = parts.connection;
    this.#namespace = parts.namespace;
    this.#options = parts;
    this.#finder = new Finder(parts.client, (work) => this.#call(work));
  }

  async start<K extends OperationKind>(kind: K, given: InputOf[K]): Promise<OperationHandle> {
    const checked = checkInput(kind, this.#withDomain(kind, given));
    if (!checked.ok) throw new InvalidInput(checked.problems);
    const { requestedBy, idempotencyKey, reason } = checked.input;
    const operationId = checked.input.operationId ?? mintOperationId(requestedBy, idempotencyKey);
    const input = { ...checked.input, operationId };
    const site = subjectOf(kind, { ...input });
    const workflowId = workflowIdFor(kind, site, operationId);
    const payloadHash = payloadHashOf(kind, input);
    const handle = { operationId, workflowId, site, link: this.#linkTo(workflowId) };
    try {
      await this.#call(() =>
        this.temporal.workflow.start(WORKFLOW_TYPE[kind], {
          workflowId,
          taskQueue: QUEUES.internal,
          args: [input],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          memo: { payloadHash },
          staticSummary: `${kind} ${site}`,
          staticDetails: `Requested by ${requestedBy}${reason ? `: ${reason}` : ''}`,
        }),
      );
      return { ...handle, started: true };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const { memo } = await this.#call(() => this.#handle(workflowId).describe());
      if (memo?.['payloadHash'] === payloadHash) return { ...handle, started: false };
      throw new IdempotencyConflict(operationId);
    }
  }

  provision(input: ProvisionSiteInput): Promise<OperationHandle> {
    return this.start('provision', input);
  }

  async plan<K extends OperationKind>(kind: K, input: InputOf[K]): Promise<OperationStatus> {
    // The key is for the operation itself, which may follow.
    const asked = { ...input, idempotencyKey: undefined, dryRun: true };
    const { workflowId } = await this.start(kind, asked);
    await this.wait(workflowId);
    return this.status(workflowId);
  }

  async status(operation: string): Promise<OperationStatus> {
    const { workflowId, running } = await this.#finder.find(operation);
    return patiently(() => this.#askStatus(workflowId), {
      isPassing: (error) => running && error instanceof JustTakenOver,
      withinMs: TAKEN_OVER_WITHIN_MS,
    });
  }

  async list(filter: ListFilter = {}): Promise<readonly OperationSummary[]> {
    const query = visibilityQuery({
      WorkflowType: OPERATION_TYPES,
      Site: filter.site === undefined ? null : spellingsOf(filter.site),
      Account: filter.account ?? null,
      OperationStatus: filter.state ?? null,
      NeedsAttention: filter.needsAttention ?? null,
      ExecutionStatus: filter.open ? 'Running' : null,
    });
    return this.#call(async () => {
      const found: OperationSummary[] = [];
      for await (const info of this.temporal.workflow.list({ query })) {
        found.push(summaryOf(info, (workflowId) => this.#linkTo(workflowId)));
        if (found.length >= (filter.limit ?? 100)) break;
      }
      return found;
    });
  }

  async wait(
    operation: string,
    onProgress?: (status: OperationStatus) => void,
    signal?: AbortSignal,
  ): Promise<OperationResult> {
    const { workflowId } = await this.#finder.find(operation);
    const handle = this.#handle(workflowId);
    if (onProgress === undefined) return handle.result() as Promise<OperationResult>;
    // A query never tells that Temporal has ended the run: the result does, by failing.
    const result = () => handle.result() as Promise<OperationResult>;
    // Without the signal its long poll would keep a process for 20 s that has seen enough.
    const ended = signal ? this.#connection.withAbortSignal(signal, result) : result();
    const lost = new Promise<never>((_, reject) => {
      ended.catch(reject);
    });
    lost.catch(() => undefined);
    const over = new AbortController();
    const outage = {
      isPassing: (error: unknown) => error instanceof Unreachable,
      withinMs: WORKER_BACK_WITHIN_MS,
      signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    };
    const ask = () => this.#askStatus(workflowId);
    try {
      for (let shown = ''; ;) {
        const status = await Promise.race([patiently(ask, outage), lost]);
        const text = JSON.stringify(status);
        if (text !== shown) onProgress(status);
        shown = text;
        if (isOutcome(status.state)) return await ended;
        await Promise.race([untilNextAsk(outage.signal), ended]);
      }
    } finally {
      // Whatever is still being asked for: nobody waits any more.
      over.abort();
    }
  }

  approve(operation: string, by: Approval): Promise<Answer> {
    return this.#decide(operation, 'approve', by);
  }

  reject(operation: string, by: By & { readonly planHash?: string }): Promise<Answer> {
    return this.#decide(operation, 'reject', by);
  }

  async resolve(operation: string, choice: Choice, by: By): Promise<Answer> {
    const found = await this.#finder.findIfKnown(operation);
    if (found?.running) return this.#update(found, 'decide', { ...by, choice });
    // Temporal has ended its run, or forgotten it; the ledger has not (D 4.6).
    const operationId = found?.operationId ?? operationIdFrom(operation);
    return this.#ask('settleOrphan', [{ ...by, choice, operationId }]);
  }

  async seal(secret: string): Promise<SealedValue> {
    this.#sealTo ??= (await this.diagnose()).sealTo;
    return seal(secret, this.#sealTo);
  }

  async claimSecret(handle: string, by: Claim): Promise<ClaimedSecret> {
    return claim((workflowId, input) => this.#ask('claimSecret', [input], workflowId), handle, by);
  }

  async accounts(): Promise<ConfiguredAccounts> {
    return this.#ask('configuredAccounts', []);
  }

  async diagnose(): Promise<Diagnosis> {
    return this.#ask('diagnose', []);
  }

  async cancel(operation: string, by: By): Promise<Answer> {
    return this.#update(await this.#finder.find(operation), 'cancel', by);
  }

  async hold(operation: string, by: By): Promise<void> {
    await this.#signal(await this.#finder.find(operation), 'hold', by);
  }

  async resume(operation: string, by: By): Promise<void> {
    await this.#signal(await this.#finder.find(operation), 'resume', by);
  }

  async history(operation: string): Promise<{ readonly events: readonly unknown[] }> {
    const { workflowId } = await this.#finder.find(operation);
    const history = await this.#call(() => this.#handle(workflowId).fetchHistory());
    return { events: history.events ?? [] };
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  /** Adds the root domain to a bare name, so that ids and links hold full names. */
  #withDomain(kind: OperationKind, input: object): unknown {
    const { domain } = this.#options;
    if (domain === undefined || isMaplePressKind(kind)) return input;
    if (kind === 'provision')
      return { ...input, domain: ('domain' in input && input.domain) || domain };
    const site = 'site' in input ? input.site : undefined;
    if (typeof site !== 'string' || site === '' || site.includes('.')) return input;
    return { ...input, site: `${site}.${domain}` };
  }

  /** Without a plan hash it is the plan shown now that is decided on. */
  async #decide(
    operation: string,
    verdict: 'approve' | 'reject',
    { planHash, ...by }: Approval,
  ): Promise<Answer> {
    const found = await this.#finder.find(operation);
    const hash = planHash ?? (await this.status(found.workflowId)).plan?.hash ?? '(none)';
    return this.#update(found, 'decide', { ...by, verdict, planHash: hash });
  }

  async #update(
    { workflowId, operationId }: Found,
    name: string,
    message: object,
  ): Promise<Answer> {
    try {
      return await this.#call(
        () =>
          this.#handle(workflowId).executeUpdate<Answer, [object]>(name, {
            args: [{ ...message, operationId }],
          }),
        WORKER,
      );
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      return { accepted: false, reason: 'the operation has ended' };
    }
  }

  /**
   * Runs a short workflow for its answer; a worker that is away is an error, not a wait. The same
   * id again joins a run that is still going, or makes another.
   */
  async #ask<Answer>(
    type: 'settleOrphan' | 'claimSecret' | 'configuredAccounts' | 'diagnose',
    args: unknown[],
    workflowId = `${type}:${randomUUID()}`,
  ): Promise<Answer> {
    const taskQueue = QUEUES.internal;
    try {
      return (await this.#call(
        () =>
          this.temporal.workflow.execute(type, {
            workflowId,
            taskQueue,
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowExecutionTimeout: CALL_LIMIT_MS / 2,
            args,
          }),
        WORKER,
      )) as Answer;
    } catch (error) {
      const late = error instanceof WorkflowFailedError && error.cause instanceof TimeoutFailure;
      throw late ? new Unreachable(WORKER.who, this.#address, WORKER.hint, error) : error;
    }
  }

  async #signal({ workflowId, operationId }: Found, name: string, message: object): Promise<void> {
    try {
      await this.#call(() => this.#handle(workflowId).signal(name, { ...message, operationId }));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      throw new NotFound(`${workflowId} has ended`);
    }
  }

  #askStatus(workflowId: string): Promise<OperationStatus> {
    return this.#call(() => this.#handle(workflowId).query<OperationStatus>('status'), WORKER);
  }

  get #address(): string {
    return this.#options.address ?? 'its configured address';
  }

  #handle(workflowId: string) {
    return this.temporal.workflow.getHandle(workflowId);
  }

  #linkTo(workflowId: string): string | null {
    const { uiUrl } = this.#options;
    if (uiUrl === undefined) return null;
    return `${uiUrl}/namespaces/${this.#namespace}/workflows/${encodeURIComponent(workflowId)}`;
  }

  async #call<T>(work: () => Promise<T>, callee: Callee = SERVER): Promise<T> {
    return reaching(this.#address, callee, () =>
      this.#connection.withDeadline(Date.now() + CALL_LIMIT_MS, work),
    );
  }
}
