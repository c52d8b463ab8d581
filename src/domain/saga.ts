import type { BranchSwitch, Deployment } from './bench-deploys.js';
import type { DroppedGroup } from './new-bench.js';
import type { ProvisionTarget } from './plan.js';

/** What every undo is told; the operation adds its id and the round. */
export interface UndoCall {
  readonly operationId: string;
  readonly round: number;
  readonly account: string;
}

/** What each undo activity needs besides {@link UndoCall}. */
export interface UndoArguments {
  readonly removeSite: { readonly target: ProvisionTarget };
  readonly dropGroup: DroppedGroup;
  readonly restoreBranch: { readonly group: string; readonly branch: BranchSwitch };
  readonly undoDeploy: { readonly target: Deployment };
  readonly undoRegistration: { readonly siteUrl: string; readonly domain: string };
}

/** Name of an undo activity. */
export type Undo = keyof UndoArguments;

/** An undo as data, so that plan, card and `needs_human` can show it (D 4.4). */
export interface Compensation<U extends Undo = Undo> {
  readonly label: string;
  readonly activity: U;
  readonly args: UndoArguments[U] & { readonly account: string };
}

/** What an undo activity answers. */
export interface UndoAnswer {
  /** `nothing`: there was nothing to undo. */
  readonly result: 'undone' | 'nothing';
  readonly message: string;
}

/** What running one undo came to. */
export interface Undone {
  readonly label: string;
  readonly result: UndoAnswer['result'] | 'failed';
  readonly message: string;
}
