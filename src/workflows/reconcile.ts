import type { ReconcileReport } from '../activities/reconcile.js';
import { reconcileOperations } from './activities.js';

/** One pass over everything open; started by a Temporal Schedule (D 4.6). */
export async function reconcile(): Promise<ReconcileReport> {
  return reconcileOperations();
}
