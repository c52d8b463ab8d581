import { type BackUpSitesInput, ROUND_TYPE } from '../domain/fleet-backups.js';
import type { InputOf } from '../domain/inputs.js';
import {
  type OperationKind,
  subjectOf,
  WORKFLOW_TYPE,
  workflowIdFor,
} from '../domain/operations.js';
import { InvalidInput } from '../errors.js';
import { checkInput } from '../schemas/operation-inputs.js';
import { checkFleetBackup } from '../schemas/schedules.js';

/** What a schedule begins each time. */
export type Recurring =
  | {
      readonly [K in OperationKind]: { readonly kind: K; readonly input: InputOf[K] };
    }[OperationKind]
  /** Every Active site of an account, into the vault. */
  | { readonly kind: 'backup-all'; readonly input: BackUpSitesInput };

/** How a schedule begins it, and what is told of it. */
export interface Start {
  readonly told: { readonly what: string; readonly requestedBy: string };
  readonly action: {
    readonly workflowType: string;
    /** Temporal adds the time to it, which makes it one of a kind. */
    readonly workflowId: string;
    readonly args: [object];
  };
}

/** Checks what is to repeat. @throws InvalidInput for an input that could start nothing */
export function startOf(name: string, { kind, input }: Recurring): Start {
  if (kind === 'backup-all') {
    const checked = checkFleetBackup(input);
    if (!checked.ok) throw new InvalidInput(checked.problems);
    const { account, requestedBy } = checked.input;
    return {
      told: { what: `backup-all ${account}`, requestedBy },
      action: {
        workflowType: ROUND_TYPE,
        workflowId: `${ROUND_TYPE}:${account}:${name}`,
        args: [checked.input],
      },
    };
  }
  const checked = checkInput(kind, input);
  if (!checked.ok) throw new InvalidInput(checked.problems);
  const { operationId, idempotencyKey, requestedBy, dryRun } = checked.input;
  if (operationId !== undefined || idempotencyKey !== undefined) {
    const message = 'each run is an operation of its own';
    throw new InvalidInput([{ path: 'operationId', message }]);
  }
  const subject = subjectOf(kind, { ...checked.input });
  return {
    told: { what: `${dryRun ? 'check ' : ''}${kind} ${subject}`, requestedBy },
    action: {
      workflowType: WORKFLOW_TYPE[kind],
      workflowId: workflowIdFor(kind, subject, name),
      args: [checked.input],
    },
  };
}
