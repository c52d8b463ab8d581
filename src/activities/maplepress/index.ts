import type { PlanArgs, UndoArgs } from '../../domain/activity-types.js';
import type {
  DeleteWordPressSiteInput,
  RegisterWordPressSiteInput,
  RotateApiKeyInput,
} from '../../domain/inputs.js';
import type {
  AwaitSignOfLifeArgs,
  AwaitVerificationArgs,
  DeleteRegistrationArgs,
  ExportArgs,
  RegistrationArgs,
  RegistrationStanding,
  RotateKeyArgs,
  SendRegistrationArgs,
  VerifyDeletionArgs,
  WipeSecretsArgs,
} from '../../domain/maplepress.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { awaitSignOfLife } from './await-sign-of-life.js';
import { awaitVerification } from './await-verification.js';
import { deleteRegistration } from './delete-registration.js';
import { exportRegistration } from './export-registration.js';
import { planDeletion } from './plan-deletion.js';
import { planKeyRotation } from './plan-key-rotation.js';
import { planRegistration } from './plan-registration.js';
import { findById, standingOf } from './registrations.js';
import { rotateKey } from './rotate-key.js';
import { wipeSecrets } from './secrets.js';
import { sendRegistration } from './send-registration.js';
import { undoRegistration } from './undo-registration.js';
import { verifyDeletion } from './verify-deletion.js';

/** What it takes to register WordPress sites with MaplePress, and to look after them there. */
export function createWordPressActivities(deps: ActivityDeps) {
  return {
    planRegistration: (args: PlanArgs<RegisterWordPressSiteInput>) =>
      whileBeating((signal) => planRegistration(deps, args, { signal })),
    sendRegistration: (args: SendRegistrationArgs) =>
      whileBeating((signal) => sendRegistration(deps, args, signal)),
    awaitVerification: (args: AwaitVerificationArgs) =>
      whileBeating((signal) => awaitVerification(deps, args, { signal })),
    undoRegistration: (args: UndoArgs<'undoRegistration'>) =>
      whileBeating((signal) => undoRegistration(deps, args, signal)),
    /** How a registration stands right now. */
    readRegistration: (args: RegistrationArgs): Promise<RegistrationStanding> =>
      whileBeating(async (signal) => standingOf(await findById(deps, args, { signal }))),
    /** Wipes what opens nothing any more. */
    wipeSecrets: (args: WipeSecretsArgs) => whileBeating(() => wipeSecrets(deps, args)),

    planKeyRotation: (args: PlanArgs<RotateApiKeyInput>) =>
      whileBeating((signal) => planKeyRotation(deps, args, { signal })),
    rotateKey: (args: RotateKeyArgs) => whileBeating((signal) => rotateKey(deps, args, signal)),
    awaitSignOfLife: (args: AwaitSignOfLifeArgs) =>
      whileBeating((signal) => awaitSignOfLife(deps, args, { signal })),

    planDeletion: (args: PlanArgs<DeleteWordPressSiteInput>) =>
      whileBeating((signal) => planDeletion(deps, args, { signal })),
    exportRegistration: (args: ExportArgs) =>
      whileBeating((signal) => exportRegistration(deps, args, { signal })),
    deleteRegistration: (args: DeleteRegistrationArgs) =>
      whileBeating((signal) => deleteRegistration(deps, args, signal)),
    verifyDeletion: (args: VerifyDeletionArgs) =>
      whileBeating((signal) => verifyDeletion(deps, args, { signal })),
  };
}
