import type { Answer, Resolution } from '../domain/messages.js';
import * as activities from './activities.js';

/** Resolves an operation whose own run cannot receive messages any more (D 4.6). */
export async function settleOrphan(resolution: Resolution): Promise<Answer> {
  return activities.settleOrphan(resolution);
}
