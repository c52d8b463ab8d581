import { type Endpoints, userOf } from './endpoint.js';

export const accountEndpoints: Endpoints = {
  /** The self check against the silent team fallback: `team` may be null (observed C12). */
  'press.api.account.me': {
    run: (context) => ({ user: userOf(context).user, team: context.team?.name ?? null }),
  },
};
