import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList } from './generic.js';
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
  const filters =
    'pipeline' in failed
      ? { document_type: 'Release Pipeline', document_name: failed.pipeline }
      : { document_type: 'Deploy Candidate Build', document_name: failed.build };
  const query = { doctype: 'Press Notification', fields: ['title', 'message'], filters, limit: 1 };
  const row = z.object({ title: z.string().nullish(), message: z.string().nullish() });
  const [newest] = await getList(press, query, row, options);
  const text = [newest?.title, newest?.message].filter(Boolean).join('\n');
  return readableOutput(text) || null;
}
