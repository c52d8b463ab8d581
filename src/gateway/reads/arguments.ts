import { z } from 'zod';
import { site as siteName } from '../query.js';

/** Names of documents at Press are short texts of no fixed form. */
const name = z.string().trim().min(1).max(140);
const hostName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,252}$/i, 'not the name of a host');
const bytes = z.coerce.number().int().min(0);

/** What reads take; each says what it means. */
export const ARGUMENTS = {
  site: siteName.describe('full name of a site'),
  version: name.describe('version that the site has now, e.g. "Version 15"'),
  server: name.describe('name of an app server'),
  group: name.describe('name of a bench group'),
  invoice: name.describe('name of a bill'),
  app: name.describe('name of an app'),
  team: name.describe('name of a team'),
  domain: hostName.describe('name of a domain'),
  subdomain: name.describe('name without its domain'),
  ip: z.ipv4().describe('address of a server'),
  bytes,
} as const;
