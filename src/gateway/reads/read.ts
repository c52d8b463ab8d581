import { z } from 'zod';
import { type CallOptions, runningJobs, type Transport } from '../../frappe-cloud/index.js';
import { readQuery } from '../query.js';

/** One argument of a read, for whoever lists them. */
export interface Argument {
  readonly name: string;
  readonly what: string;
  readonly required: boolean;
}

/** A read of Frappe Cloud that changes nothing. */
export interface Read {
  readonly arguments: readonly Argument[];
  /**
   * Checks the arguments, then asks. What is asked about a site is asked of the team's own only:
   * Press does not look at the owner everywhere (observed-2 6.3).
   *
   * @param given as the request has them
   * @throws GatewayError 400 naming every argument that is wrong, missing or unknown
   * @throws PressError, `FORBIDDEN` for a site of another team
   */
  run(press: Transport, given: unknown, options: CallOptions): Promise<unknown>;
}

/** The read that a function of the client makes, with the schema of what it takes. */
export function reading<S extends z.ZodRawShape>(
  shape: S,
  ask: (press: Transport, given: z.infer<z.ZodObject<S>>, options: CallOptions) => Promise<unknown>,
): Read {
  const schema = z.strictObject(shape);
  return {
    arguments: Object.entries(schema.shape).map(([name, argument]) => ({
      name,
      what: z.globalRegistry.get(argument as z.ZodType)?.description ?? '',
      required: !z.safeParse(argument as z.ZodType, undefined).success,
    })),
    async run(press, given, options) {
      const values = readQuery(schema, given) as z.infer<z.ZodObject<S>>;
      const { site } = values as { readonly site?: unknown };
      if (typeof site === 'string') await runningJobs(press, { site }, options);
      return ask(press, values, options);
    },
  };
}
