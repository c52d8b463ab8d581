import type { Timings } from './types.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A site comes up in two to four minutes, as on the real service. */
export const DEFAULT_TIMINGS: Timings = {
  delivery: 1 * SECOND,
  queue: 6 * SECOND,
  pollTick: 5 * SECOND,
  deliveryGiveUp: 8 * HOUR,
  reaper: 48 * HOUR,
  certificate: 90 * SECOND,
  step: 2 * SECOND,
  steps: {
    'New Site': 55 * SECOND,
    'Install Apps': 80 * SECOND,
    'Backup Site': 60 * SECOND,
    'Upload Site Backup to S3': 45 * SECOND,
    'Archive Site': 20 * SECOND,
    'Bench Setup NGINX': 4 * SECOND,
    'Reload NGINX': 3 * SECOND,
  },
  jitter: 0.2,
};
