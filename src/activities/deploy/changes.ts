import type { AppDeploy, BranchSwitch } from '../../domain/bench-deploys.js';
import type { DeployBenchInput } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import type { DeployInformation } from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import type { DeployReading } from './deploy-reading.js';
import { changeOf, deployable } from './releases.js';

type AppRow = DeployInformation['apps'][number];

/** What a deploy would change. */
export interface Changes {
  readonly branches: readonly BranchSwitch[];
  readonly apps: readonly AppDeploy[];
  /** In one line. */
  readonly summary: string;
  readonly checks: readonly Check[];
}

/** Apps with their commits, branches, tools of the image, and apps that were removed. */
export function changesOf(input: DeployBenchInput, reading: DeployReading): Changes {
  const { apps: rows, removed_apps: removed } = reading.information;
  const wanted = input.branches ?? {};
  const branches = rows
    .filter(({ app, branch }) => wanted[app] !== undefined && wanted[app] !== branch)
    .map(({ app, branch, source }) => ({ app, from: branch, to: wanted[app] ?? '', source }));
  const switched = branches.map(({ app }) => app);
  const updates = rows.filter((row) => !switched.includes(row.app) && isChosen(input, row));
  const releases = updates.flatMap((row) => {
    const next = deployable(row);
    return next === undefined ? [] : [{ row, next }];
  });
  const told = [
    ...branches.map(({ app, from, to }) => `${app} from ${from} to ${to}`),
    ...releases.map(({ row, next }) => changeOf(row, next)),
    ...(reading.newDependencies ? ['new versions of tools'] : []),
    ...removed.map(({ name }) => `without ${name}`),
  ];
  return {
    branches,
    apps: [
      ...releases.map(({ row, next }) => ({
        app: row.app,
        source: next.source,
        release: next.name,
        hash: next.hash,
      })),
      ...switched.map((app) => ({ app, source: null, release: null, hash: null })),
    ],
    summary: told.join(', ') || 'nothing',
    checks: [
      ...unknownApps(input, rows),
      ...updates
        .filter((row) => deployable(row) === undefined)
        .map(({ app }) => fail(`app ${app}`, 'it has no approved release that is newer')),
      ...branchChecks(input, rows),
      told.length > 0
        ? pass('changes', told.join(', '))
        : fail('changes', 'nothing has changed since the last deploy'),
      ...(removed.length > 0
        ? [warn('removed apps', `${namesOf(removed)}: sites that have one cannot be updated`)]
        : []),
    ],
  };
}

const isChosen = ({ apps }: DeployBenchInput, { app, update_available }: AppRow): boolean =>
  apps === undefined ? update_available === true : apps.includes(app);

function unknownApps({ apps = [], branches = {} }: DeployBenchInput, rows: readonly AppRow[]) {
  const known = rows.map(({ app }) => app);
  const missing = [...apps, ...Object.keys(branches)].filter((app) => !known.includes(app));
  if (missing.length === 0) return [];
  return [fail('apps', `not in this group: ${missing.join(', ')}; it has ${known.join(', ')}`)];
}

/** Whether a branch exists and fits the version, only Press can tell, when it is switched (D 1.5). */
function branchChecks({ branches = {} }: DeployBenchInput, rows: readonly AppRow[]) {
  return rows.flatMap(({ app, branch }) => {
    const to = branches[app];
    if (to === undefined) return [];
    return to === branch
      ? [pass(`branch ${app}`, `on ${to} already`)]
      : [pass(`branch ${app}`, `${branch} → ${to}: its newest release is deployed`)];
  });
}

const namesOf = (rows: readonly { readonly name: string }[]): string =>
  rows.map(({ name }) => name).join(', ');
