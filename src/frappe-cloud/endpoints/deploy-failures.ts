import type { CallOptions, Transport } from '../transport.js';
import { newestNotification } from './notifications.js';
import { readableOutput } from './output.js';

export type FailedDeploy = { readonly pipeline: string } | { readonly build: string };

/**
 * Why a pipeline's checks or an image build failed, for a person: the newest notification about
 * it, plain text of at most 2 KB. null when nobody says. Read (C 3.4, 3.5).
 *
 * @throws PressError
 */
export async function deployFailureReason(
  press: Transport,
  failed: FailedDeploy,
  options?: CallOptions,
): Promise<string | null> {
  const about =
    'pipeline' in failed
      ? { document_type: 'Release Pipeline', document_name: failed.pipeline }
      : { document_type: 'Deploy Candidate Build', document_name: failed.build };
  const newest = await newestNotification(press, about, options);
  const text = [newest?.title, newest?.message].filter(Boolean).join('\n');
  return readableOutput(text) || null;
}
