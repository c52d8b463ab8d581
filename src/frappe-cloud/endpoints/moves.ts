import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, tell } from './wire.js';

interface SiteAndServer {
  readonly site: string;
  readonly server: string;
}

const ServerOptionsSchema = z.object({
  servers: z.array(z.object({ name: z.string(), title: z.string().nullable() })),
  /** Such as "1:20:00": twice the last offsite backup; null when there was none. */
  estimated_duration: z.string().nullable(),
});
export type ServerOptions = z.infer<typeof ServerOptionsSchema>;

/**
 * The team's other servers, and how long a move there may take. Read (C 2.10). That a server is
 * listed says nothing about a bench on it: {@link isServerAddedInGroup}.
 *
 * @throws PressError `FORBIDDEN` for a site of another team
 */
export function changeServerOptions(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<ServerOptions> {
  const method = 'press.api.site.change_server_options';
  return ask(press, method, { name: args.site }, ServerOptionsSchema, options);
}

/** Whether the site's group is on this server. Read (C 2.10). @throws PressError */
export function isServerAddedInGroup(
  press: Transport,
  { site, server }: SiteAndServer,
  options?: CallOptions,
): Promise<boolean> {
  const params = { name: site, server };
  return ask(press, 'press.api.site.is_server_added_in_group', params, z.boolean(), options);
}

export interface ChangeServer extends SiteAndServer {
  /** Naive, in the server's zone; Press starts it within 15 minutes. Left out: now. */
  readonly scheduled_datetime?: string;
  readonly skip_failing_patches?: boolean;
}

/**
 * Moves a site to another server of its group, through an offsite backup and a restore, with
 * downtime. Mutating (C 2.10); the PLAN may change with the kind of server (C 2.9). Answers
 * nothing: `upgradeStanding` shows the move as `site_migration` until it is over; then `server` of
 * the site tells whether it went well. The site is Active there before the plan has changed: wait
 * for null (observed-2 6.5). `createMigrationPlan` does the same with a tracker.
 *
 * Repeated: 417 "Ongoing/Scheduled Site Migration", which proves that some move landed.
 *
 * @throws PressError `REFUSED` without an Active bench there, or when the site is not fit to move;
 * 500 NotImplementedError for the server it is on
 */
export async function changeServer(
  press: Transport,
  args: ChangeServer,
  options?: CallOptions,
): Promise<void> {
  const { site, server, scheduled_datetime = null, skip_failing_patches = false } = args;
  const params = { name: site, server, scheduled_datetime, skip_failing_patches };
  await tell(press, 'press.api.site.change_server', params, options);
}
