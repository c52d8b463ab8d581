import type { CallFault } from '../../../simulators/maplepress/index.js';
import type { RegisterWordPressSiteInput } from '../../../src/domain/inputs.js';
import type { onDelete, onRotate } from '../../integration/maplepress/support.js';
import { onRegister, siteIn } from '../../integration/maplepress/support.js';
import type { Row, Scene } from '../row.js';

export type RegisterRow = Row<RegisterWordPressSiteInput>;

export const BOTH_WAIT = 'the registration, active; waiting: its key, its token';
const KEY_WAITS = 'the registration, pending; waiting: its key';

/** As asked. */
export const DONE = {
  outcome: 'succeeded',
  effects: ['site.create'],
  left: BOTH_WAIT,
  ledger: ['register sent'],
} as const;

/** A wait for a plugin that is soon over. */
export const SOON = () => ({ patienceDays: 1 / 86_400 });

/** Located; its key was made anew. Its token is lost: its plugin cannot verify it, and people know. */
export const LOCATED = {
  outcome: 'succeeded_with_exceptions',
  effects: ['site.create', 'key.rotate'],
  left: KEY_WAITS,
  ledger: ['register adopted', 'rotate key sent', 'attention: OutcomeUnknown'],
  says: /^verification token: it was in an answer that was lost, and cannot be read again: .*registered anew$[^]*^verification: .*stays registered, and pending$/m,
} as const;

/** Taken back. */
export const UNDONE = {
  effects: ['site.create', 'site.delete'],
  left: 'nothing',
  ledger: ['register sent', 'undo register sent'],
} as const;

/** Lets the registration go wrong. */
export const wrong =
  (fault: CallFault) =>
  ({ harness, domain }: Scene): void =>
    void harness.maplePress.addFault(onRegister(domain, fault));

/** Lets what follows a registration go wrong: its id is known by then. */
export const later =
  (on: typeof onRotate | typeof onDelete, fault: CallFault, times = 1) =>
  ({ harness, domain }: Scene): void =>
    void harness.maplePress.addFault(on(siteIn(harness, domain)?.id ?? '', fault, { times }));
