import type { CallContext } from '../api/endpoint.js';
import { crash } from '../http/errors.js';
import type { NewSiteRequest } from './new-site.js';

/** Paths P and D2 of A 3.2 (Site Group Deploy): the world has no builds yet. */
export function newSiteOnPrivateBench(_context: CallContext, request: NewSiteRequest): never {
  throw crash(
    'NotImplementedError',
    `plan ${request.plan}: the simulator has no private bench path yet`,
  );
}
