import { z } from 'zod';
import type { InputOf } from '../domain/inputs.js';
import type { MaplePressKind } from '../domain/operations.js';
import { domainOf, normalizeDomain } from '../maplepress/domain.js';
import { validateDomain, validateSiteUrl } from '../maplepress/validation.js';
import { REQUEST, WHEN } from './common.js';

/** The part of a URL that its domain stands in. */
const HOST = /^(https?:\/\/)([^/?#:]+)/i;

/** An address whose domain can be registered; its domain is spelled in the one way that counts. */
const siteUrl = z
  .string({ error: 'Site URL is required' })
  .trim()
  .max(2_000)
  .superRefine((url, context) => {
    const { error } = validateSiteUrl(url);
    const said = error ?? (domainOf(url) === null ? 'Could not extract domain from URL' : null);
    if (said !== null) context.addIssue({ code: 'custom', message: said });
  })
  .transform((url) =>
    url.replace(HOST, (_, scheme: string) => `${scheme.toLowerCase()}${domainOf(url) ?? ''}`),
  );

const domain = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const { error } = validateDomain(text);
    if (error !== null) context.addIssue({ code: 'custom', message: error });
  })
  .transform((text) => normalizeDomain(text) ?? text);

/** Only a public key: whoever hands out a private one should learn it at once. */
const receiver = z
  .looseObject({ kty: z.enum(['EC', 'OKP', 'RSA'], 'must be the public key of EC, OKP or RSA') })
  .refine((key) => !('d' in key), 'must be a public key, this one is private');

const SITE = { ...REQUEST, site: domain };
const RECEIVER = { receiver: receiver.optional() };

/** Inputs of operations on WordPress sites; refusals in the words of MaplePress. */
export const MAPLEPRESS_SCHEMAS = {
  'maplepress-register': z.strictObject({
    ...REQUEST,
    ...RECEIVER,
    siteUrl,
    patienceDays: z.number().positive().max(90).optional(),
  }),
  'maplepress-rotate-key': z.strictObject({ ...SITE, ...RECEIVER, ...WHEN }),
  'maplepress-delete': z.strictObject(SITE),
} satisfies { readonly [K in MaplePressKind]: z.ZodType<InputOf[K]> };
