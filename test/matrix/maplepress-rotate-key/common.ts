import type { CallFault } from '../../../simulators/maplepress/index.js';
import type { RotateApiKeyInput } from '../../../src/domain/inputs.js';
import { onRotate, siteIn } from '../../integration/maplepress/support.js';
import type { Row, Scene } from '../row.js';

export type RotationRow = Row<RotateApiKeyInput>;

export const KEY_WAITS = 'the registration, active; waiting: its key';

/** As asked. */
export const DONE = {
  outcome: 'succeeded',
  effects: ['key.rotate'],
  left: KEY_WAITS,
  ledger: ['rotate key sent'],
} as const;

/** Nobody could read the first one. */
export const ANOTHER = {
  ...DONE,
  effects: ['key.rotate', 'key.rotate'],
  ledger: ['rotate key adopted', 'rotate key sent'],
} as const;

/** Lets the rotation go wrong. */
export const wrong =
  (fault: CallFault, when: Parameters<typeof onRotate>[2] = {}) =>
  ({ harness, domain }: Scene): void => {
    const id = siteIn(harness, domain)?.id ?? '';
    harness.maplePress.addFault(onRotate(id, fault, when));
  };
