import type { Row } from './model.js';

/** One accepted action on a site (A 4.4). */
export interface ActivityRow extends Row {
  site: string;
  team: string;
  action: string;
  reason: string | null;
  job: string | null;
}

/** What a human is told of a failure (A 2.3). */
export interface NotificationRow extends Row {
  team: string;
  type: string;
  documentType: string;
  documentName: string;
  referenceDoctype: string;
  referenceName: string;
  title: string;
  message: string;
  traceback: string;
}
