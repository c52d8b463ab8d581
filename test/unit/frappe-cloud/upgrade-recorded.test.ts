import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/frappe-cloud/transport.js';
import {
  isAddedAlready,
  isDeployInProgress,
  isTitleTaken,
  updateRefusal,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat } from './support/press-that.js';
import { RECORDED, type Recorded } from './support/recordings.js';
import {
  isReshaped,
  nameOfUpgradeCall,
  UPGRADE_CALLS,
  wholeBody,
} from './support/upgrade-calls.js';

const NAMES = Object.keys(UPGRADE_CALLS);

function callOf(recorded: Recorded): (press: Transport) => Promise<unknown> {
  const call = UPGRADE_CALLS[nameOfUpgradeCall(recorded)];
  if (!call) throw new Error(`${recorded.name} is none of our calls`);
  return call;
}

/** What our function makes of a recorded answer. */
async function heard(recorded: Recorded): Promise<unknown> {
  const { status } = recorded;
  const { press } = await pressThat(() => ({ status, body: wholeBody(recorded) }));
  return callOf(recorded)(press);
}

function answersTo(name: string): Recorded[] {
  return RECORDED.filter(
    (recorded) =>
      recorded.status === 200 && nameOfUpgradeCall(recorded) === name && !isReshaped(recorded),
  );
}

describe('recorded answers about updates, upgrades, groups and deploys', () => {
  it.each(NAMES)('%s: all parse', async (name) => {
    const answers = answersTo(name);
    expect(answers.length).toBeGreaterThan(0);
    let current: Recorded | undefined;
    const { press } = await pressThat(() => ({ body: current && wholeBody(current) }));
    for (const recorded of answers) {
      current = recorded;
      await callOf(recorded)(press).catch((error: unknown) => {
        throw new Error(`${recorded.name}: ${String(error)}`);
      });
    }
  });
});

/** What one of our calls shows through a recorded sequence, repeats left out. */
async function storyOf<T>(file: string, name: string, tell: (answer: never) => T): Promise<T[]> {
  const told: T[] = [];
  for (const recorded of answersTo(name).filter((each) => each.file === file)) {
    const chapter = tell((await heard(recorded)) as never);
    if (JSON.stringify(told.at(-1)) !== JSON.stringify(chapter)) told.push(chapter);
  }
  return told;
}

type Rows = readonly { readonly status: string }[];
interface Standing {
  readonly version_upgrade: { readonly status: string } | null;
  readonly site_migration: { readonly status: string } | null;
}

describe('a recorded sequence', () => {
  it.each([
    ['r2-seq-fatal-update-f1', [null, 'Pending', 'Running', 'Recovering', 'Fatal']],
    ['r2-seq-fatal-update-f3', [null, 'Pending', 'Running', 'Fatal']],
    // The last one is another update, accepted after the restore.
    ['r2-seq-fatal-update-f5', [null, 'Pending', 'Failure', 'Fatal', 'Pending']],
  ])('%s: the newest update goes %j', async (file, expected) => {
    const newest = (rows: Rows) => rows[0]?.status ?? null;
    expect(await storyOf(file, 'get_list Site Update', newest)).toEqual(expected);
  });

  const upgrade = ({ version_upgrade }: Standing) => version_upgrade?.status ?? null;
  const move = ({ site_migration }: Standing) => site_migration?.status ?? null;

  it.each([
    [
      'r2-seq-upgrade-create-private-bench-scheduled',
      upgrade,
      ['Pending', 'Scheduled', 'Pending', null],
    ],
    // A build fails, the group is deleted, another upgrade is begun.
    [
      'r2-seq-upgrade-create-private-bench-build-failure',
      upgrade,
      ['Pending', 'Cancelled', 'Scheduled', 'Pending'],
    ],
    ['r2-seq-change-server-success', move, [null, 'Running', null]],
  ])('%s shows in the standing of its site', async (file, tell, expected) => {
    expect(await storyOf(file, 'press.api.site.get', tell)).toEqual(expected);
  });

  it('of pipelines: a second one fails by itself', async () => {
    const story = await storyOf(
      'seq-deploy-and-update-new-flow',
      'get_list Release Pipeline',
      (rows: Rows) => rows.slice(0, 2).map(({ status }) => status),
    );
    expect(story).toEqual([
      ['Pending', 'Running'],
      ['Running', 'Running'],
      ['Failure', 'Running'],
      ['Failure', 'Success'],
    ]);
  });
});

/** The error that a recorded refusal becomes. */
async function refusal(file: string, part = '') {
  const { status, body } =
    RECORDED.find((each) => each.file === file && each.status >= 400 && each.name.includes(part)) ??
    {};
  if (status === undefined) throw new Error(`${file} has no refusal with ${part}`);
  const { press } = await pressThat(() => ({ status, body }));
  return pressErrorOf(press.call('press.api.x.y', {}));
}

const BY_HAND = 'r2-seq-upgrade-private-bench-by-hand-shared-server';
const TWO_STEP = 'r2-seq-upgrade-private-bench-two-step-add-server';
const BUILD_FAILS = 'r2-seq-upgrade-create-private-bench-build-failure';

describe('a recorded refusal', () => {
  it.each([
    [BY_HAND, 'before a deploy', null],
    [BY_HAND, 'version_upgrade before a deploy', 'no_bench'],
    [BY_HAND, 'version_upgrade again', 'upgrade_open'],
    [BY_HAND, 'after success', 'no_bench'],
    [TWO_STEP, 'version_upgrade before adding', 'not_on_server'],
    [TWO_STEP, 'before the bench is Active', 'no_bench'],
    [BUILD_FAILS, 'create_private_bench', 'upgrade_open'],
    [BUILD_FAILS, 'version_upgrade', 'no_public_bench'],
    ['r2-seq-fatal-update-f1', 'while fatal: version_upgrade', 'fatal'],
    ['schedule-update-second', '', 'update_open'],
    ['site-update-second-while-pending', '', 'site_busy'],
    ['deploy-second', '', null],
    ['bench-new-err', '', null],
  ] as const)('%s %s: %s', async (file, part, expected) => {
    expect(updateRefusal(await refusal(file, part))).toBe(expected);
  });

  it.each([
    ['bench-new-err', '', isTitleTaken],
    ['r2-lost-bench-new', '', isTitleTaken],
    ['r2-lost-create-private-bench-upgrade', 'RE-SEND', isTitleTaken],
    ['r2-lost-bench-add-apps', '', isAddedAlready],
    [TWO_STEP, 'add_server_to_release_group again', isAddedAlready],
    ['deploy-second', '', isDeployInProgress],
    ['bench-deploy-while-building', '', isDeployInProgress],
  ] as const)('%s %s is recognised', async (file, part, recognises) => {
    const error = await refusal(file, part);
    expect(recognises(error)).toBe(true);
    expect([isTitleTaken, isAddedAlready, isDeployInProgress].filter((is) => is(error))).toEqual([
      recognises,
    ]);
    expect(error).toMatchObject({ code: 'REFUSED', ended: true });
  });
});
