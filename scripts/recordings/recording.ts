import type { FaultRule } from '../../simulators/press/index.js';
import type { Stack } from '../../src/stack/stack.js';
import type { InputOf, OperationKind, OperationStatus, Sitewright } from '../../src/client.js';

/** One operation that is recorded, and what happens to it. */
export interface Recording<K extends OperationKind = OperationKind> {
  readonly kind: K;
  /** File name: `<workflow type>.<scenario>.json`. */
  readonly scenario: string;
  /** A name of its own. Of anything but a provision: the site, which is made before. */
  readonly subdomain: string;
  /** What the input has besides the name of the site and who asks. */
  readonly input?: Partial<InputOf[K]>;
  readonly faults?: (site: string) => readonly FaultRule[];
  /** What happens to the site before it is recorded; answers more of the input. */
  readonly prepare?: (stack: Stack, site: string) => Promise<Partial<InputOf[K]>>;
  /** Called on every change of the status, until the operation ends. */
  readonly act?: (client: Sitewright, status: OperationStatus) => void;
}

/** Does something once, when an operation reaches a state. */
export function once(
  state: OperationStatus['state'],
  act: (client: Sitewright, status: OperationStatus) => void,
): NonNullable<Recording['act']> {
  let done = false;
  return (client, status) => {
    if (done || status.state !== state) return;
    done = true;
    act(client, status);
  };
}

/** Who decides in a recording. */
export const by = { by: 'dana', reason: 'recorded' };
