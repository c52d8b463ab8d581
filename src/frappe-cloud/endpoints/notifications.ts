import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList } from './generic.js';

const NotificationSchema = z.object({ title: z.string().nullish(), message: z.string().nullish() });

/** What Press has told people about a document, the newest; undefined when nothing. Read (A 4.4). @throws PressError */
export async function newestNotification(
  press: Transport,
  about: { readonly document_type: string; readonly document_name: string },
  options?: CallOptions,
): Promise<z.infer<typeof NotificationSchema> | undefined> {
  const fields = Object.keys(NotificationSchema.shape);
  const query = { doctype: 'Press Notification', fields, filters: { ...about }, limit: 1 };
  const [newest] = await getList(press, query, NotificationSchema, options);
  return newest;
}
