import { invoiceDoctype, teamDoctype } from './account-doctypes.js';
import { actionDoctype } from './action-doctype.js';
import { backupDoctype } from './backup-doctype.js';
import { benchDoctype } from './bench-doctype.js';
import { buildDoctype, candidateDoctype, orderDoctype, queueDoctype } from './deploy-doctypes.js';
import type { Doctype } from './doctype.js';
import { groupDoctype } from './group-doctype.js';
import { jobDoctype } from './job-doctype.js';
import { pipelineDoctype } from './pipeline-doctype.js';
import { planChangeDoctype } from './plan-change-doctype.js';
import {
  activityDoctype,
  domainDoctype,
  notificationDoctype,
  planDoctype,
} from './simple-doctypes.js';
import { siteAppDoctype } from './site-app-doctype.js';
import { siteDoctype } from './site-doctype.js';
import { updateDoctype } from './update-doctype.js';

const DOCTYPES: Readonly<Record<string, Doctype>> = {
  Site: siteDoctype,
  'Agent Job': jobDoctype,
  'Site Activity': activityDoctype,
  'Site Domain': domainDoctype,
  'Press Notification': notificationDoctype,
  'Site Plan': planDoctype,
  'Release Group': groupDoctype,
  Bench: benchDoctype,
  'Site Group Deploy': orderDoctype,
  'Deploy Candidate': candidateDoctype,
  'Deploy Candidate Build': buildDoctype,
  'New Bench Queue': queueDoctype,
  'Release Pipeline': pipelineDoctype,
  'Site Action': actionDoctype,
  'Site App': siteAppDoctype,
  'Site Backup': backupDoctype,
  'Site Update': updateDoctype,
  'Site Plan Change': planChangeDoctype,
  Team: teamDoctype,
  Invoice: invoiceDoctype,
};

/** Allowed by Press, but this world has none of them: lists are empty (A 2.1). */
const EMPTY_DOCTYPES: ReadonlySet<string> = new Set([
  'Site Config',
  'Press Webhook',
  'Subscription',
  'Site Database User',
]);

const nothing: Doctype = {
  fields: [],
  list: () => [],
  exists: () => false,
  owns: () => true,
  get: () => ({}),
};

/** @returns null for a doctype outside the allow list. */
export function findDoctype(name: string): Doctype | null {
  return DOCTYPES[name] ?? (EMPTY_DOCTYPES.has(name) ? nothing : null);
}
