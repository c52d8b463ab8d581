import {
  type Account,
  type AccountCheck,
  type Bench,
  calibrateClock,
  checkAccount,
  deployInformation,
  type DeployInformation,
  getReleaseGroup,
  groupDependencies,
  listBenches,
  listBenchQueue,
  type BenchQueueEntry,
  type ReleaseGroup,
} from '../../frappe-cloud/index.js';
import { type Deploys, readDeploys } from './marks.js';

/** What preflight read of a group; its checks look at nothing else. */
export interface DeployReading {
  readonly self: AccountCheck;
  readonly group: ReleaseGroup;
  readonly information: DeployInformation;
  readonly deploys: Deploys;
  readonly queue: readonly BenchQueueEntry[];
  readonly benches: readonly Bench[];
  /** Tools of the image were changed after the last deploy. */
  readonly newDependencies: boolean;
}

/** Reads a group of ours; why it cannot be read otherwise. */
export async function readForDeploy(
  account: Account,
  group: string,
): Promise<DeployReading | string> {
  const { press } = account;
  const self = await checkAccount(account);
  const found = await getReleaseGroup(press, { group });
  if (found.found === 'none') return `there is no bench group ${group}`;
  if (found.found === 'foreign') return `${group} is not a group of this team`;
  if (found.group.status === 'Disabled') return `${group} has been deleted (${found.group.title})`;
  const [information, deploys, queue, benches, dependencies] = await Promise.all([
    deployInformation(press, { group }),
    readDeploys(account, group),
    listBenchQueue(press, { group }),
    listBenches(press, { group }),
    groupDependencies(press, { group }),
  ]);
  // A pipeline that does not begin is told by its age.
  const [site] = information.sites;
  if (site !== undefined) await calibrateClock(account, site.name);
  return {
    self,
    group: found.group,
    information,
    deploys,
    queue,
    benches,
    newDependencies: dependencies.update_available,
  };
}
