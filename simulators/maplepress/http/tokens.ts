import { createHmac } from 'node:crypto';
import { isObject, type Json } from '../../shared/json.js';
import { MICROS_PER_MS } from '../../shared/time.js';
import type { TenantLogin } from '../types.js';
import type { World } from '../world/world.js';

const encode = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const sign = (text: string): string =>
  createHmac('sha256', 'maplepress simulator').update(text).digest('base64url');

const seconds = (world: World): number => Math.floor(world.now() / MICROS_PER_MS / 1000);

/** A JWT (HS256) for the tenant of a login. */
export function issueToken(world: World, { tenantId, email }: TenantLogin): string {
  const iat = seconds(world);
  const exp = iat + Math.ceil(world.timings.tokenLifetime / 1000);
  const claims = { sub: email, tenant_id: tenantId, iat, exp, jti: world.hex(16) };
  const generation = world.state.tokenGeneration;
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, generation })}`;
  return `${text}.${sign(text)}`;
}

/** The tenant that `Authorization: JWT <token>` stands for; null when it is not valid now. */
export function tenantOf(world: World, authorization: string): string | null {
  const token = /^JWT (\S+)$/.exec(authorization)?.[1] ?? '';
  const [head = '', payload = '', signature = ''] = token.split('.');
  if (token === '' || sign(`${head}.${payload}`) !== signature) return null;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Json;
  if (!isObject(claims) || claims.generation !== world.state.tokenGeneration) return null;
  const { exp, tenant_id: tenant } = claims;
  return typeof exp === 'number' && exp > seconds(world) && typeof tenant === 'string'
    ? tenant
    : null;
}
