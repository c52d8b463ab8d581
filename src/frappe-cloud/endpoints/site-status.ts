import { z } from 'zod';
import type { PressAnswer } from '../answer.js';
import { SITE_STATUSES, type SiteStatus } from './sites.js';
import { checkShape } from './wire.js';

const StatusSchema = z.object({ status: z.enum(SITE_STATUSES) });

/** The status of the site after a document method that returns nothing (B 0.3). @throws PressError */
export function statusIn({ docs }: PressAnswer, endpoint: string): SiteStatus {
  return checkShape(StatusSchema, docs[0], endpoint).status;
}
