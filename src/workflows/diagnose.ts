import type { Diagnosis } from '../activities/diagnose.js';
import * as activities from './activities.js';

/** What only a worker can tell: started by `npx sitewright doctor`. */
export async function diagnose(): Promise<Diagnosis> {
  return activities.diagnose();
}
