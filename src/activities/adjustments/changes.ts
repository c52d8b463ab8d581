import type { ChangeKinds } from './adjustment.js';
import { endAppSubscription, installApp, uninstallApp } from './apps.js';
import { clearCache } from './clear-cache.js';
import { deleteConfig, setConfig } from './config.js';
import { addDomain, removeDomain, retryDomain } from './domains.js';
import { changeAppPlan, changePlan, resumeAppSubscription } from './plans.js';
import { setHostName, setRedirect, unsetRedirect } from './redirects.js';
import { cancelScheduledUpdate, editScheduledUpdate } from './scheduled-updates.js';

/** Every change that can be made of a site. */
export const CHANGES: ChangeKinds = {
  'install app': installApp,
  'uninstall app': uninstallApp,
  'end app subscription': endAppSubscription,
  'resume app subscription': resumeAppSubscription,
  'set config': setConfig,
  'delete config': deleteConfig,
  'add domain': addDomain,
  'retry domain': retryDomain,
  'remove domain': removeDomain,
  'set host name': setHostName,
  'set redirect': setRedirect,
  'unset redirect': unsetRedirect,
  'change plan': changePlan,
  'change app plan': changeAppPlan,
  'clear cache': clearCache,
  'edit scheduled update': editScheduledUpdate,
  'cancel scheduled update': cancelScheduledUpdate,
};
