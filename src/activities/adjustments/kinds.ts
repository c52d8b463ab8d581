import type { Adjustments } from './adjustment.js';
import { installAppKind, uninstallAppKind } from './app-kinds.js';
import { clearCacheKind } from './clear-cache.js';
import { deleteConfigKind, updateConfigKind } from './config-kinds.js';
import {
  addDomainKind,
  removeDomainKind,
  retryDomainKind,
  setHostNameKind,
  setRedirectKind,
  unsetRedirectKind,
} from './domain-kinds.js';
import { changeAppPlanKind, changePlanKind } from './plan-kinds.js';
import { cancelScheduledUpdateKind, editScheduledUpdateKind } from './scheduled-update-kinds.js';

/** Every kind of adjustment, planned. */
export const ADJUSTMENTS: Adjustments = {
  'install-app': installAppKind,
  'uninstall-app': uninstallAppKind,
  'update-config': updateConfigKind,
  'delete-config': deleteConfigKind,
  'add-domain': addDomainKind,
  'retry-domain': retryDomainKind,
  'remove-domain': removeDomainKind,
  'set-host-name': setHostNameKind,
  'set-redirect': setRedirectKind,
  'unset-redirect': unsetRedirectKind,
  'change-plan': changePlanKind,
  'change-app-plan': changeAppPlanKind,
  'clear-cache': clearCacheKind,
  'edit-scheduled-update': editScheduledUpdateKind,
  'cancel-scheduled-update': cancelScheduledUpdateKind,
};
