import { log, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { drawCard } from '../domain/card.js';
import {
  isSuccess,
  type OperationHeader,
  type OperationKind,
  type OperationState,
  type Outcome,
} from '../domain/operations.js';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes.js';
import type { OperationStatus, StepStatus } from '../domain/status.js';

const keys = Object.fromEntries(
  SEARCH_ATTRIBUTES.map(({ name, type }) => [name, defineSearchAttributeKey(name, type)]),
);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * What people see of an operation. One state feeds the status query, the card in the Temporal UI
 * and the search attributes, so that they never disagree.
 */
export class Board {
  readonly status: Mutable<OperationStatus>;
  #shown: Readonly<Record<string, unknown>> = {};

  constructor(kind: OperationKind, header: OperationHeader) {
    this.status = {
      ...header,
      workflowId: workflowInfo().workflowId,
      kind,
      state: 'preflight',
      since: this.now(),
      steps: [],
      waiting: null,
      needsAttention: false,
      plan: null,
      approval: null,
      problem: null,
      choices: [],
      undone: [],
      reason: null,
      exceptions: [],
      ignoredMessages: 0,
    };
  }

  /** ISO time of this workflow task. */
  now(): string {
    return new Date().toISOString();
  }

  /** Moves to a state and publishes it; the only place that writes search attributes. */
  enter(state: OperationState, waitingFor: readonly string[] = []): void {
    if (state !== this.status.state) this.status.since = this.now();
    this.status.state = state;
    this.#publish({
      Site: this.status.site,
      Account: this.status.account,
      Operation: this.status.kind,
      OperationId: this.status.operationId,
      RequestedBy: this.status.requestedBy,
      OperationStatus: state,
      StatusSince: this.status.since,
      NeedsAttention: this.status.needsAttention,
      WaitingFor: waitingFor,
    });
    this.draw();
  }

  /** Redraws the card; costs nothing by itself. */
  draw(): void {
    setCurrentDetails(cardOf(this.status));
  }

  /** The steps a plan announces, all still waiting. */
  announce(names: readonly string[]): void {
    this.status.steps = names.map((name) => ({ name, state: 'waiting' }));
  }

  /** Says how a step is doing; one that was not announced is added. */
  step(name: string, state: StepStatus['state'], detail?: string): void {
    const known = this.status.steps.find((step) => step.name === name);
    const started = state === 'running' ? (known?.startedAt ?? this.now()) : known?.startedAt;
    const next: StepStatus = {
      name,
      state,
      ...(detail === undefined ? known?.detail && { detail: known.detail } : { detail }),
      ...(started && { startedAt: started }),
      ...(state !== 'running' && state !== 'waiting' && { endedAt: this.now() }),
    };
    this.status.steps = known
      ? this.status.steps.map((step) => (step.name === name ? next : step))
      : [...this.status.steps, next];
    this.draw();
  }

  /** At the end nothing runs any more: a step that was still at work went as the operation did. */
  finish(outcome: Outcome): void {
    const state = isSuccess(outcome) || outcome === 'planned' ? 'done' : 'failed';
    this.status.steps = this.status.steps.map((step) =>
      step.state === 'running' ? { ...step, state, endedAt: this.now() } : step,
    );
    this.enter(outcome);
  }

  /** What is awaited from now on; null when nothing is. */
  wait(what: string | null, untilMs?: number): void {
    this.status.waiting =
      what === null
        ? null
        : {
            what,
            since: this.now(),
            ...(untilMs !== undefined && { until: new Date(untilMs).toISOString() }),
          };
    this.draw();
  }

  /** Only what changed is sent: an upsert is one event and one billed action. */
  #publish(values: Readonly<Record<string, unknown>>): void {
    const changed = Object.entries(values).filter(
      ([name, value]) => JSON.stringify(this.#shown[name]) !== JSON.stringify(value),
    );
    if (changed.length === 0) return;
    this.#shown = { ...this.#shown, ...values };
    upsertSearchAttributes(
      changed.map(([name, value]) => ({
        key: keys[name],
        value: name === 'StatusSince' ? new Date(value as string) : value,
      })) as SearchAttributePair[],
    );
  }
}

/** A card that cannot be drawn must not stop the operation it shows. */
function cardOf(status: OperationStatus): string {
  try {
    return drawCard(status);
  } catch (error) {
    log.error('the card cannot be drawn', { error });
    return `${status.kind} ${status.site}: ${status.state}`;
  }
}
