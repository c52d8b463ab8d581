import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask } from './wire.js';

const MeSchema = z.object({ user: z.string(), team: z.string().nullable() });

/**
 * Who we are for Press, and as which team this key acts. Read. Not cached by Press, unlike
 * `account.get` (A 1.3). `team: null` means no usable team (observed C12).
 *
 * @throws PressError
 */
export function me(press: Transport, options?: CallOptions): Promise<z.infer<typeof MeSchema>> {
  return ask(press, 'press.api.account.me', {}, MeSchema, options);
}
