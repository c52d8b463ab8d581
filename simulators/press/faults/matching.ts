import { matchesPattern, takeFrom, valuesMatch } from '../../shared/rules.js';
import type {
  BuildFault,
  CallFault,
  CallMatch,
  FaultRule,
  GroupMatch,
  JobFault,
  JobMatch,
  OrderFault,
  PipelineFault,
  QueueFault,
  TransferFault,
  TransferMatch,
} from '../fault-types.js';
import type { Json } from '../types.js';
import type { WorldState } from '../world/model.js';

interface CallFacts {
  method: string;
  body: Json;
  team: string | null;
}

/** What rules about groups are compared with. */
export interface GroupFacts {
  group: string | null;
  title: string | null;
  subdomain: string | null;
}

interface JobFacts extends GroupFacts {
  jobType: string;
  site: string | null;
}

interface TransferFacts {
  direction: 'upload' | 'download';
  name: string;
  part: number | null;
}

/** Registers a rule. @returns its id. */
export function addRule(state: WorldState, rule: FaultRule, newId: () => string): string {
  const id = rule.id ?? newId();
  state.rules = state.rules.filter((other) => other.id !== id);
  state.rules.push({ id, rule, seen: 0 });
  return id;
}

/** The fault for this call, if a rule says so; counts it. The first rule that applies wins. */
export function takeCallFault(state: WorldState, call: CallFacts): CallFault | null {
  return takeFrom(state.rules, (rule) =>
    'call' in rule && callMatches(rule.call, call) ? rule.fault : null,
  );
}

/** As {@link takeCallFault}, for a job that is being created. */
export function takeJobFault(state: WorldState, job: JobFacts): JobFault | null {
  return takeFrom(state.rules, (rule) =>
    'job' in rule && jobMatches(rule.job, job) ? rule.fault : null,
  );
}

/** As {@link takeCallFault}, for a build that is being created. */
export function takeBuildFault(state: WorldState, facts: GroupFacts): BuildFault | null {
  return takeFrom(state.rules, (rule) =>
    'build' in rule && groupMatches(rule.build, facts) ? rule.fault : null,
  );
}

/** As {@link takeCallFault}, for a built image that is being queued. */
export function takeQueueFault(state: WorldState, facts: GroupFacts): QueueFault | null {
  return takeFrom(state.rules, (rule) =>
    'queue' in rule && groupMatches(rule.queue, facts) ? rule.fault : null,
  );
}

/** As {@link takeCallFault}, for a pipeline that is being created. */
export function takePipelineFault(state: WorldState, facts: GroupFacts): PipelineFault | null {
  return takeFrom(state.rules, (rule) =>
    'pipeline' in rule && groupMatches(rule.pipeline, facts) ? rule.fault : null,
  );
}

/** As {@link takeCallFault}, for an order whose bench is up. */
export function takeOrderFault(state: WorldState, facts: GroupFacts): OrderFault | null {
  return takeFrom(state.rules, (rule) =>
    'order' in rule && groupMatches(rule.order, facts) ? rule.fault : null,
  );
}

/** As {@link takeCallFault}, for bytes on their way. */
export function takeTransferFault(state: WorldState, facts: TransferFacts): TransferFault | null {
  return takeFrom(state.rules, (rule) =>
    'transfer' in rule && transferMatches(rule.transfer, facts) ? rule.fault : null,
  );
}

function callMatches(match: CallMatch, call: CallFacts): boolean {
  if (!matchesPattern(match.method, call.method)) return false;
  if (match.team !== undefined && match.team !== call.team) return false;
  return valuesMatch(match.body ?? {}, call.body);
}

function jobMatches(match: JobMatch, job: JobFacts): boolean {
  return (
    (match.jobType === undefined || match.jobType === job.jobType) &&
    (match.site === undefined || match.site === job.site) &&
    groupMatches(match, job)
  );
}

function groupMatches(match: GroupMatch, facts: GroupFacts): boolean {
  return (
    (match.group === undefined || match.group === facts.group) &&
    (match.title === undefined || match.title === facts.title) &&
    (match.subdomain === undefined || match.subdomain === facts.subdomain)
  );
}

function transferMatches(match: TransferMatch, facts: TransferFacts): boolean {
  return (
    (match.direction === undefined || match.direction === facts.direction) &&
    (match.name === undefined || facts.name.includes(match.name)) &&
    (match.part === undefined || match.part === facts.part)
  );
}
