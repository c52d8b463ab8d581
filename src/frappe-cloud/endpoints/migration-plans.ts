import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import { runForName } from './named.js';
import { checkShape, flag } from './wire.js';

export const MOVE_TO_BENCH = 'Move Site To Different Server / Bench';
export const MOVE_TO_REGION = 'Move Site To Different Region';

const MigrationOptionsSchema = z
  .object({
    /** A Site Migration that failed within the last day. */
    has_recent_failed_migration: z.string().nullable(),
    [MOVE_TO_BENCH]: z.object({
      hidden: z.boolean(),
      options: z.object({
        available_release_groups: z.array(
          z.object({
            name: z.string(),
            title: z.string(),
            public: flag,
            servers: z.array(z.object({ name: z.string(), public: flag })),
          }),
        ),
        dedicated_servers_for_new_release_group: z.array(
          z.object({ name: z.string(), cluster: z.string().nullable() }),
        ),
      }),
    }),
    [MOVE_TO_REGION]: z.object({
      hidden: z.boolean(),
      options: z.object({
        available_regions: z.array(z.object({ name: z.string(), title: z.string().nullish() })),
        /** Such a domain points to the old region after the move. */
        has_domain_with_a_record: z.boolean(),
      }),
    }),
  })
  .transform((answer) => {
    const bench = answer[MOVE_TO_BENCH];
    const region = answer[MOVE_TO_REGION];
    return {
      failed_migration: answer.has_recent_failed_migration,
      /** Of the site's own version only, although the plan itself would take any (D 1.7). */
      groups: bench.hidden ? [] : bench.options.available_release_groups,
      /** Where a group of its own could be made for the site. */
      servers: bench.hidden ? [] : bench.options.dedicated_servers_for_new_release_group,
      regions: region.hidden ? [] : region.options.available_regions,
      has_domain_with_a_record: region.options.has_domain_with_a_record,
    };
  });
export type MigrationOptions = z.infer<typeof MigrationOptionsSchema>;

/** Where Press offers to move an own site. Read (C 2.7). @throws PressError */
export async function getMigrationOptions(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<MigrationOptions> {
  const call = { dt: 'Site', dn: args.site, method: 'get_migration_options', args: {} };
  const { message } = await runDocMethod(press, call, options);
  return checkShape(MigrationOptionsSchema, message, 'Site.get_migration_options');
}

/** Where a site is to be moved. */
export type MoveTarget =
  /** An own group, also of another version: nobody compares them (D 1.7). */
  | { readonly group: string; readonly server?: string }
  /** A copy of the site's group with the apps of the site only, made and built for it (D 1.4). */
  | { readonly new_group_name: string; readonly server?: string }
  /** Another region. */
  | { readonly cluster: string };

export interface CreateMigrationPlan {
  readonly site: string;
  readonly to: MoveTarget;
  /** Naive, in the server's zone, ahead. Only the move waits; a bench is built at once. */
  readonly scheduled_time?: string;
  readonly skip_failing_patches?: boolean;
}

/**
 * Plans the move of a site to another group, server or region, with downtime; answers the Site
 * Action (`listSiteActions`), which begins within half a minute. Mutating (C 2.8); the PLAN may
 * change with the kind of server (C 2.9). Accepted while a fatal update stands, and then carried
 * out when a restore has cleared it (observed-2 3): look before. After "Failure" a site update may
 * still be on its way back, and a group made for the move is left behind.
 *
 * Repeated: 417 "another site action is already scheduled", which proves that some plan landed.
 * Proof: `listSiteActions`, by owner and creation.
 *
 * @throws PressError `REFUSED` for a foreign or public group, apps that it lacks, an unfit domain
 */
export function createMigrationPlan(
  press: Transport,
  { site, to, scheduled_time, skip_failing_patches = false }: CreateMigrationPlan,
  options?: CallOptions,
): Promise<string> {
  const type = 'cluster' in to ? MOVE_TO_REGION : MOVE_TO_BENCH;
  const time = scheduled_time === undefined ? {} : { scheduled_time };
  const args = { type, ...to, ...time, skip_failing_patches };
  return runForName(
    press,
    { dt: 'Site', dn: site, method: 'create_migration_plan', args },
    options,
  );
}
