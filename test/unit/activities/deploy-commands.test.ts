import { describe, expect, it } from 'vitest';
import { deployCommand, redoCommand } from '../../../src/activities/deploy/commands.js';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import type { Account } from '../../../src/frappe-cloud/index.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';

const KEY = { operationId: 'op1', step: 'deploy', round: 1 };
const WHERE = { group: 'bench-0006', servers: ['f1'] };
const TARGET = {
  ...WHERE,
  title: 'shop',
  branches: [],
  apps: [],
  after: { build: 'b0', pipeline: null },
  skipFailingPatches: false,
  errorBudget: 1,
};

const build = (name: string, owner: string) => ({
  name,
  owner,
  status: 'Running',
  build_error: null,
  retry_count: 0,
  creation: '2026-11-20 10:00:00.000000',
  deploy_candidate: 'deploy-0006-000001',
});

/** Press without pipelines, with these builds since the mark, the newest first. */
async function accountWith(...owners: readonly string[]): Promise<Account> {
  const builds = [
    ...owners.map((owner, index) => build(`b${owners.length - index}`, owner)),
    build('b0', 'us@example.com'),
  ];
  const { press } = await pressThat((method, { doctype }) => {
    if (method === 'press.api.account.me') {
      return { body: { message: { user: 'us@example.com', team: 'main' } } };
    }
    return { body: { message: doctype === 'Deploy Candidate Build' ? builds : [] } };
  });
  return { press, team: 'main' } as Account;
}

const commands = (account: Account) => [
  deployCommand({} as ActivityDeps, account, KEY, TARGET, {}),
  redoCommand(account, KEY, { ...WHERE, build: 'b0' }, {}),
];

describe('a deploy whose answer was lost, where Press works without pipelines', () => {
  it('is the first build that our user has made since', async () => {
    const account = await accountWith('us@example.com', 'us@example.com', 'them@example.com');
    for (const command of commands(account)) {
      expect(await command.locate(0)).toMatchObject({
        state: 'found',
        tracker: { kind: 'bench-deploy', build: 'b2' },
      });
    }
  });

  it('cannot be told when only somebody else has built', async () => {
    for (const command of commands(await accountWith('them@example.com'))) {
      expect(await command.locate(0)).toMatchObject({ state: 'ambiguous' });
    }
  });

  it('is not there when nobody has', async () => {
    for (const command of commands(await accountWith())) {
      expect(await command.locate(0)).toEqual({ state: 'none' });
    }
  });
});
