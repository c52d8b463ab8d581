import type { Timings } from './timing-types.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A site comes up in two to four minutes, a bench of its own takes twenty-five before. */
export const DEFAULT_TIMINGS: Timings = {
  delivery: 1 * SECOND,
  queue: 6 * SECOND,
  pollTick: 5 * SECOND,
  deliveryGiveUp: 8 * HOUR,
  reaper: 48 * HOUR,
  certificate: 90 * SECOND,
  build: 20 * MINUTE,
  buildPhase: 10 * SECOND,
  buildRetries: [1 * MINUTE, 5 * MINUTE, 25 * MINUTE],
  pipelineStage: 4 * SECOND,
  buildSweep: 2 * HOUR,
  onsiteBackup: 24 * HOUR,
  backupInterval: 0,
  uploadKept: 24 * HOUR,
  updateRound: 5 * MINUTE,
  autoUpdates: 0,
  upgradeRound: 15 * MINUTE,
  migration: 10 * MINUTE,
  creationFailedKept: 14 * DAY,
  idleBench: 3 * DAY,
  step: 2 * SECOND,
  steps: {
    'New Site': 55 * SECOND,
    'Install Apps': 80 * SECOND,
    'Backup Site': 60 * SECOND,
    'Upload Site Backup to S3': 45 * SECOND,
    'Archive Site': 20 * SECOND,
    'Download Backup Files': 20 * SECOND,
    'Restore Site': 90 * SECOND,
    'Restore Files': 30 * SECOND,
    'Reinstall Site': 60 * SECOND,
    'Migrate Site': 60 * SECOND,
    'Install App on Site': 40 * SECOND,
    'Uninstall App from Site': 20 * SECOND,
    'Wait for Enqueued Jobs': 10 * SECOND,
    'Backup Site Tables': 30 * SECOND,
    'Restore Touched Tables': 20 * SECOND,
    'Build Search Index': 10 * SECOND,
    'Bench Setup NGINX': 4 * SECOND,
    'Reload NGINX': 3 * SECOND,
    'Initialize Bench': 100 * SECOND,
    'Deploy Bench': 60 * SECOND,
    'Bench Disable Production': 5 * SECOND,
    'Move Bench to Archived Directory': 10 * SECOND,
  },
  jitter: 0.2,
};
