import type { Json } from '../../shared/json.js';
import type { World } from '../world/world.js';

/** What an endpoint is given. */
export interface CallContext {
  world: World;
  /** Of the token; empty at the login. */
  tenant: string;
  query: Record<string, string>;
  body: Record<string, Json>;
  /** The id in the path; empty where there is none. */
  id: string;
}

export interface Endpoint {
  /** Method and path, with `{id}` for the id. */
  name: string;
  /** Whether it needs no token. */
  open?: boolean;
  /** Default 200. */
  status?: number;
  /** @throws Refusal */
  run(context: CallContext): Json;
}
