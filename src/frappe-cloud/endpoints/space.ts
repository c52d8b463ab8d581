import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask } from './wire.js';

const RestoreSpaceSchema = z.object({
  /** Always true on a public server, which grows. */
  allowed_to_upload: z.boolean(),
  /** Bytes; -1 on a public server. */
  free_space_on_app_server: z.number(),
  free_space_on_db_server: z.number(),
  /** May be true on a public server although it is allowed. */
  is_insufficient_space_on_app_server: z.boolean(),
  is_insufficient_space_on_db_server: z.boolean(),
  /** Bytes, estimated: 16 times the compressed database, the files twice (B 2.8). */
  required_space_on_app_server: z.number(),
  required_space_on_db_server: z.number(),
});
export type RestoreSpace = z.infer<typeof RestoreSpaceSchema>;

/**
 * Whether the servers of a site have room for a restore. Read (B 2.8). "Enough" is equal or more
 * here; the restore itself wants more.
 *
 * @param args.database_bytes as compressed; likewise the files
 * @throws PressError; `REFUSED` when Press's monitoring does not answer
 */
export function restoreSpace(
  press: Transport,
  args: {
    readonly site: string;
    readonly database_bytes: number;
    readonly public_bytes: number;
    readonly private_bytes: number;
  },
  options?: CallOptions,
): Promise<RestoreSpace> {
  const method = 'press.api.site.validate_restoration_space_requirements';
  const params = {
    name: args.site,
    db_file_size: args.database_bytes,
    public_file_size: args.public_bytes,
    private_file_size: args.private_bytes,
  };
  return ask(press, method, params, RestoreSpaceSchema, options);
}
