import { parse } from './parse.js';
import { NO_SUCH_SITE, SITE, SITES } from './paths.js';
import { Secret } from './secret.js';
import type { CallOptions, Transport } from './transport.js';
import { checkedSiteId } from './validation.js';
import { RotatedKeySchema } from './wire.js';

/** A new key. The old one is invalid from the same moment. */
export interface RotatedKey {
  readonly newApiKey: Secret;
  /** Null when MaplePress did not say. */
  readonly oldKeyLastFour: string | null;
  readonly rotatedAt: Date;
}

/**
 * Replaces a site's key at once: the site's plugin stops working until it has the new one.
 *
 * @throws MaplePressError
 */
export async function rotateApiKey(
  maplePress: Transport,
  id: string,
  options?: CallOptions,
): Promise<RotatedKey> {
  const endpoint = `POST ${SITE}/rotate-api-key`;
  const path = `${SITES}/${checkedSiteId(id, endpoint)}/rotate-api-key`;
  const body = await maplePress.call(
    { endpoint, method: 'POST', path, effect: 'command', meanings: NO_SUCH_SITE },
    options,
  );
  const key = parse(endpoint, RotatedKeySchema, body);
  return {
    newApiKey: new Secret(key.new_api_key),
    oldKeyLastFour: key.old_key_last_four,
    rotatedAt: key.rotated_at ?? new Date(),
  };
}
