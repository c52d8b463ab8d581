import type { ProvisionTarget } from './plan.js';

/** An undo as data, so that plan, card and `needs_human` can show it (D 4.4). */
export interface Compensation {
  readonly label: string;
  readonly activity: 'removeSite';
  readonly args: { readonly account: string; readonly target: ProvisionTarget };
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
