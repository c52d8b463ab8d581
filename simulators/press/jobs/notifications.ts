import type { BuildRow, PipelineRow } from '../world/deploys.js';
import type { JobRow } from '../world/model.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';

/** Leaves the human explanation of a failed job: the Press Notification of A 2.3. */
export function notifyFailure(world: World, job: JobRow): void {
  const site = world.state.sites[job.site ?? ''];
  const about = site ?? world.state.benches[job.bench ?? ''];
  if (about === undefined) return;
  const kind = site === undefined ? 'Bench' : 'Site';
  const step = job.steps.find((row) => row.status === 'Failure');
  const reason = step?.output ?? job.output ?? '';
  world.state.notifications.push({
    ...world.newRow('Administrator'),
    team: about.team,
    type: 'Agent Job Failure',
    documentType: 'Agent Job',
    documentName: job.name,
    referenceDoctype: kind,
    referenceName: about.name,
    title: 'Job Failure',
    message: `<p>The job <b>${job.jobType}</b> failed on ${kind.toLowerCase()} <b>${about.name}</b>.</p>`,
    traceback: reason,
  });
}

/** The human explanation of a failed image build (C 3.4). */
export function notifyFailedBuild(world: World, build: BuildRow): void {
  const title = world.state.groups[build.group]?.title ?? build.group;
  world.state.notifications.push({
    ...world.newRow('Administrator'),
    team: build.team,
    type: 'Bench Deploy',
    documentType: 'Deploy Candidate Build',
    documentName: build.name,
    referenceDoctype: 'Release Group',
    referenceName: build.group,
    title: 'Deploy Failed',
    message: `<p>Deploy of bench <b>${title}</b> failed.</p>`,
    traceback: build.error,
  });
}

/** Tells that a scheduled Site Update was not begun (C 2.1). */
export function notifyRefusedUpdate(world: World, update: UpdateRow, reason: string): void {
  world.state.notifications.push({
    ...world.newRow('Administrator'),
    team: update.team,
    type: 'Site Update',
    documentType: 'Site Update',
    documentName: update.name,
    referenceDoctype: 'Site',
    referenceName: update.site,
    title: 'Scheduled Site Update Cancelled',
    message: `<p>The update of site <b>${update.site}</b> was cancelled.</p>`,
    traceback: reason,
  });
}

/** The only place that tells why a pipeline failed before its build (C 3.5). */
export function notifyFailedPipeline(world: World, pipeline: PipelineRow, reason: string): void {
  world.state.notifications.push({
    ...world.newRow('Administrator'),
    team: pipeline.team,
    type: 'Bench Deploy',
    documentType: 'Release Pipeline',
    documentName: pipeline.name,
    referenceDoctype: 'Release Group',
    referenceName: pipeline.group,
    title: 'Deploy Failed',
    message: `<p>${reason}</p>`,
    traceback: reason,
  });
}
