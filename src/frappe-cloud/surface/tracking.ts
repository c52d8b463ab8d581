import type { SurfaceRow } from './row.js';
import { reading } from './rows.js';

const site = (name: string) => `press.api.site.${name}`;

export const TRACKING_ROWS: readonly SurfaceRow[] = [
  reading(site('jobs'), 'jobHistory', 'Jobs of a site, page by page', 'A 4.2, observed 3'),
  reading(site('job'), 'getJob', 'A job with its steps and their output', 'A 4.2, observed C4'),
  reading(
    site('running_jobs'),
    'runningJobs',
    'Jobs that a server works on now; not those that none has taken yet',
    'A 4.2, observed 4',
  ),
  reading(
    site('get_job_status'),
    'getJobStatus',
    'The raw status of any job, of any team',
    'A 4.2',
  ),
  {
    endpoint: site('activities'),
    what: 'What was done to a site',
    danger: 'read',
    reach: {
      by: 'another',
      endpoint: 'press.api.client.get_list',
      why: 'It checks no owner and names no job; `listSiteActivity` lists the same documents.',
    },
    tracker: null,
    repeated: 'the same answer',
    source: 'A 4.4',
  },
];
