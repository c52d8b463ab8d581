import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backedUpOffsite,
  type BackupLine,
  filesOf,
  HOUR,
  restore,
  siteOf,
} from './support/backups.js';
import { benchMethod } from './support/groups.js';
import { messageOf, MINUTE, type Press } from './support/press-client.js';
import {
  failStep,
  NEW_BENCH,
  OLD_BENCH,
  SITE,
  standing,
  update,
  withUpdate,
} from './support/updates.js';

const U = 'Update Site Migrate';
const R = 'Recover Failed Site Migrate';
let press: Press;
let copy: BackupLine;

beforeEach(async () => {
  press = await withUpdate();
  copy = await backedUpOffsite(press, SITE);
});

afterEach(() => press.sim.close());

const settle = (minutes = 15) => {
  press.sim.clock.advance(minutes * MINUTE);
  return { ...standing(press), ...siteOf(press, SITE) };
};

async function fatalAfter(step: string, skipBackups = false) {
  failStep(press, U, 'Migrate Site');
  failStep(press, R, step);
  await update(press, { skip_backups: skipBackups });
  return settle();
}

describe('the data after a fatal update', () => {
  it.each([
    ['Move Site', NEW_BENCH, true],
    ['Restore Touched Tables', OLD_BENCH, true],
    ['Disable Maintenance Mode', OLD_BENCH, false],
  ])('whose recovery failed at %s', async (step, bench, halfMigrated) => {
    expect(await fatalAfter(step)).toMatchObject({
      update: 'Fatal',
      status: 'Broken',
      bench,
      directory: bench,
      isFatal: true,
      halfMigrated,
      maintenance: true,
    });
    await restore(press, SITE, filesOf(copy));
    expect(settle()).toMatchObject({
      update: 'Fatal',
      status: 'Active',
      bench,
      isFatal: false,
      halfMigrated: false,
      maintenance: true,
    });
  });

  it('without backups are left as they are, and activate does not ask (observed-2 3)', async () => {
    expect(await fatalAfter('Move Site', true)).toMatchObject({
      bench: NEW_BENCH,
      isFatal: false,
      halfMigrated: true,
    });
    await press.rdm(SITE, 'activate');
    expect(settle()).toMatchObject({ status: 'Active', halfMigrated: true });
  });

  it('may come back by themselves when the database was only lost on the way (D 2.2)', async () => {
    failStep(press, U, 'Migrate Site');
    press.sim.addFault({
      job: { jobType: R },
      fault: {
        kind: 'fail_step',
        step: 'Restore Touched Tables',
        output: '(2013, "Lost connection to MySQL server during query")',
      },
    });
    await update(press);
    expect(settle()).toMatchObject({
      update: 'Fatal',
      status: 'Active',
      bench: OLD_BENCH,
      isFatal: false,
      halfMigrated: false,
      maintenance: false,
    });
    expect((await update(press)).status).toBe(200);
  });
});

describe('a fatal update after the two-day sweep', () => {
  it('may have Press look on the wrong bench: nothing finds the site there (D 2.2)', async () => {
    press.sim.addFault({ job: { jobType: U }, fault: { kind: 'hang', step: 'Migrate Site' } });
    await update(press);
    expect(settle(60)).toMatchObject({ update: 'Running', bench: OLD_BENCH, directory: NEW_BENCH });
    press.sim.clock.advance(49 * HOUR);
    expect(settle()).toMatchObject({
      update: 'Fatal',
      status: 'Broken',
      bench: OLD_BENCH,
      directory: NEW_BENCH,
      isFatal: true,
    });
    await restore(press, SITE, filesOf(copy));
    expect(settle()).toMatchObject({ status: 'Broken', creationFailed: true, isFatal: true });
  });
});

describe('the benches of a fatal update', () => {
  it('cannot be archived for three days, whatever became of the site (D 2.3)', async () => {
    await press.sim.close();
    press = await withUpdate('bench-0004');
    copy = await backedUpOffsite(press, SITE);
    await fatalAfter('Restore Touched Tables');
    await restore(press, SITE, filesOf(copy));
    settle();
    const archive = () => benchMethod(press, 'bench-0004-000002-f1-mumbai', 'archive');
    expect(messageOf((await archive()).body)).toBe(
      'There was a recent <b>site update which has failed</b>. ' +
        'Due to the same reason, bench cannot be archived.',
    );
    press.sim.clock.advance(3 * 24 * HOUR);
    expect((await archive()).status).toBe(200);
  });

  it('are kept while an update runs', async () => {
    await press.sim.close();
    press = await withUpdate('bench-0004');
    await update(press);
    const refused = await benchMethod(press, 'bench-0004-000002-f1-mumbai', 'archive');
    expect([refused.body.exc_type, messageOf(refused.body)]).toEqual([
      'ArchiveBenchError',
      expect.stringContaining('Cannot archive due to ongoing site update.'),
    ]);
  });
});
