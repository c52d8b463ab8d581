import type { FaultRule } from '../../simulators/press/index.js';
import type { Stack } from '../../src/stack/stack.js';
import type { InputOf, OperationKind, OperationStatus, Sitewright } from '../../src/client.js';

/** One operation that is recorded, and what happens to it. */
export interface Recording<K extends OperationKind = OperationKind> {
  readonly kind: K;
  /** File name: `<workflow type>.<scenario>.json`. */
  readonly scenario: string;
  /** A name of its own. Of anything but a provision: the site, which is made before, or registered. */
  readonly subdomain: string;
  /** What the input has besides the name of the site and who asks. */
  readonly input?: Partial<InputOf[K]>;
  readonly faults?: (site: string) => readonly FaultRule[];
  /** What happens to the site before it is recorded; answers more of the input. */
  readonly prepare?: (stack: Stack, site: string) => Promise<Partial<InputOf[K]>>;
  /** Called on every change of the status, until the operation ends. */
  readonly act?: (client: Sitewright, status: OperationStatus, stack: Stack) => void;
}

/** What happens while an operation is recorded. */
export type Act = NonNullable<Recording['act']>;

/** Does something once, when it is first so. */
export function firstTime(isSo: (status: OperationStatus) => boolean, act: Act): Act {
  let done = false;
  return (client, status, stack) => {
    if (done || !isSo(status)) return;
    done = true;
    act(client, status, stack);
  };
}

/** Does something once, when an operation reaches a state. */
export const once = (state: OperationStatus['state'], act: Act): Act =>
  firstTime((status) => status.state === state, act);

/** All of them, each at its time. */
export const inTurn =
  (...acts: readonly Act[]): Act =>
  (...told) => {
    for (const act of acts) act(...told);
  };

/** Who decides in a recording. */
export const by = { by: 'dana', reason: 'recorded' };
