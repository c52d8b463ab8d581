import { createHash } from 'node:crypto';
import { milliseconds } from '../jobs/agent.js';
import type { Micros } from '../world/model.js';
import { iso } from '../world/time.js';
import type { World } from '../world/world.js';

export const STORAGE_PREFIX = '/_s3/';
export const UPLOADS = 'press-uploads';
export const BACKUPS = 'press-backups';
/** Where the storage stands for Press, whatever the sites' region. */
export const REGION = 'ap-south-1';

/** How long presigned links and forms are good for (B 1.4, B 3.1). */
const LINK_SECONDS = 3600;

/** `20261120T230024Z` of a time. */
export const compactTime = (time: Micros): string =>
  `${iso(time).slice(0, 19).replace(/[-:]/g, '')}Z`;

/** When a link made now stops working. */
export const linkEnd = (world: World): Micros => world.now() + milliseconds(LINK_SECONDS * 1000);

interface SignedThing {
  verb: 'GET' | 'PUT';
  bucket: string;
  key: string;
  /** Of the multipart upload, for part links. */
  query?: Record<string, string>;
}

/** A presigned URL on the simulator's own storage, good for an hour of virtual time. */
export function signedUrl(world: World, origin: string, thing: SignedThing): string {
  const query = new URLSearchParams({
    ...thing.query,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': compactTime(world.now()),
    'X-Amz-Expires': String(LINK_SECONDS),
    'X-Amz-SignedHeaders': 'host',
  });
  query.set('X-Amz-Signature', signature(thing.verb, pathOf(thing), query));
  return `${origin}${pathOf(thing)}?${query.toString()}`;
}

const pathOf = ({ bucket, key }: Pick<SignedThing, 'bucket' | 'key'>): string =>
  `${STORAGE_PREFIX}${bucket}/${key}`;

function signature(verb: string, path: string, query: URLSearchParams): string {
  const signed = [...query].filter(([name]) => name !== 'X-Amz-Signature');
  const text = `${verb} ${path}?${new URLSearchParams(signed).toString()}`;
  return createHash('sha256').update(`storage secret ${text}`).digest('hex');
}

/** @returns why the link is refused, or null. */
export function linkFault(world: World, verb: string, url: URL): string | null {
  const given = url.searchParams.get('X-Amz-Signature');
  const path = decodeURIComponent(url.pathname);
  if (given !== signature(verb, path, url.searchParams)) return 'SignatureDoesNotMatch';
  const made = url.searchParams.get('X-Amz-Date') ?? '';
  return isOver(world, made, Number(url.searchParams.get('X-Amz-Expires'))) ? 'AccessDenied' : null;
}

const COMPACT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

function isOver(world: World, made: string, seconds: number): boolean {
  const since = Date.parse(made.replace(COMPACT, '$1-$2-$3T$4:$5:$6Z'));
  return !(world.now() <= milliseconds(since + seconds * 1000));
}

/** The form of a plain upload: whoever has it may write this one object (B 3.1). */
export function uploadForm(world: World, key: string): Record<string, string> {
  const policy = { expiration: iso(linkEnd(world)), conditions: [{ bucket: UPLOADS }, { key }] };
  return {
    key,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `simulated/${compactTime(world.now()).slice(0, 8)}/${REGION}/s3/aws4_request`,
    'x-amz-date': compactTime(world.now()),
    policy: Buffer.from(JSON.stringify(policy)).toString('base64'),
    'x-amz-signature': formSignature(JSON.stringify(policy)),
  };
}

const formSignature = (policy: string): string =>
  createHash('sha256').update(`storage secret ${policy}`).digest('hex');

/** @returns why the form is refused, or null. */
export function formFault(world: World, fields: Readonly<Record<string, string>>): string | null {
  const policy = Buffer.from(fields.policy ?? '', 'base64').toString('utf8');
  if (fields['x-amz-signature'] !== formSignature(policy)) return 'SignatureDoesNotMatch';
  const { expiration, conditions } = JSON.parse(policy) as {
    expiration: string;
    conditions: Record<string, string>[];
  };
  if (world.now() > milliseconds(Date.parse(expiration))) return 'AccessDenied';
  return conditions.some(({ key }) => key === fields.key) ? null : 'AccessDenied';
}
