import type { CommandKey } from '../../domain/operations.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type CallOptions,
  initialDeploy,
  listBuilds,
} from '../../frappe-cloud/index.js';
import type { RemoteCommand } from '../commands.js';

/**
 * First build and bench of a group of ours (D 1.6). Sent twice it builds twice, and the call commits
 * half way: whatever it answers, the builds of the group tell (observed-2 1).
 */
export function deployGroupCommand(
  account: Account,
  key: CommandKey,
  group: string,
  options: CallOptions,
): RemoteCommand {
  const tracker: Tracker = { kind: 'group-build', group };
  return {
    key,
    account,
    endpoint: 'press.api.client.run_doc_method Release Group.initial_deploy',
    payload: { group },
    repeat: 'after_horizon',
    commitsEarly: true,
    async locate() {
      const [build] = await listBuilds(account.press, { group }, options);
      if (build === undefined) return { state: 'none' };
      const evidence = { group, status: build.status, output: `build ${build.name}` };
      return { state: 'found', tracker, evidence };
    },
    async send() {
      await initialDeploy(account.press, { group }, options);
      return tracker;
    },
  };
}
