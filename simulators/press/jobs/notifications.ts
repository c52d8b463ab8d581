import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';

/** Leaves the human explanation of a failed job: the Press Notification of A 2.3. */
export function notifyFailure(world: World, job: JobRow): void {
  const site = job.site === null ? undefined : world.state.sites[job.site];
  if (site === undefined) return;
  const step = job.steps.find((row) => row.status === 'Failure');
  const reason = step?.output ?? job.output ?? '';
  world.state.notifications.push({
    ...world.newRow('Administrator'),
    team: site.team,
    type: 'Agent Job Failure',
    documentType: 'Agent Job',
    documentName: job.name,
    referenceDoctype: 'Site',
    referenceName: site.name,
    title: 'Job Failure',
    message: `<p>The job <b>${job.jobType}</b> failed on site <b>${site.name}</b>.</p>`,
    traceback: reason,
  });
}
