import { describe, expect, it } from 'vitest';
import { chooseStandIn } from '../../../src/activities/safety-copy/stand-in.js';
import type { OffsiteBackup } from '../../../src/activities/safety-copy/backups.js';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import { COPY_FILE_KINDS, IMPORTED, type CopyFileKind } from '../../../src/domain/safety-copy.js';
import { createPressClock } from '../../../src/frappe-cloud/clock.js';
import type { Account, Site } from '../../../src/frappe-cloud/index.js';
import type { CopyManifest, Vault } from '../../../src/vault/index.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';

const SITE = { name: 'shop.frappe.cloud', version: 'Version 15' } as Site;
const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T10:00:00.000Z`;

const offsite = (handle: string, on: number, problem: string | null = null): OffsiteBackup => ({
  copy: {
    where: 'offsite',
    handle,
    site: SITE.name,
    takenAt: day(on),
    version: 'Version 15',
    bytes: 300,
    parts: COPY_FILE_KINDS,
  },
  problem,
  ageMs: 0,
});

interface Kept {
  readonly backup?: string;
  readonly kinds?: readonly CopyFileKind[];
  readonly bytes?: number;
  readonly version?: string;
}

const kept = (handle: string, on: number, change: Kept = {}): CopyManifest => {
  const { backup = 'b', kinds = COPY_FILE_KINDS, bytes = 100, version = 'Version 15' } = change;
  const files = kinds.map((kind) => ({ kind, fileName: kind, bytes, sha256: '' }));
  return {
    handle,
    site: SITE.name,
    takenAt: day(on),
    backup,
    version,
    files,
  } as unknown as CopyManifest;
};

interface World {
  readonly offsite?: readonly OffsiteBackup[];
  readonly vault?: readonly CopyManifest[];
  /** Handles with a manifest that cannot be read. */
  readonly unreadable?: readonly string[];
  /** Handles of which the files have vanished. */
  readonly gone?: readonly string[];
  /** When an update moved the site. */
  readonly updatedAt?: string;
}

async function choose({ vault: copies = [], unreadable = [], gone = [], ...world }: World) {
  const { updatedAt } = world;
  const update = { name: 'up1', site: SITE.name, status: 'Success', creation: updatedAt };
  const { press } = await pressThat(() => ({
    body: { message: updatedAt === undefined ? [] : [{ ...NO_UPDATE, ...update }] },
  }));
  const vault = {
    async *list({ onUnreadable }: { readonly onUnreadable: (handle: string) => void }) {
      await Promise.resolve();
      unreadable.forEach(onUnreadable);
      yield* copies;
    },
    stored: (handle: string) => Promise.resolve(gone.includes(handle) ? 0 : 100),
  } as unknown as Vault;
  const account = { name: 'main', press, clock: createPressClock(0) } as Account;
  return chooseStandIn({ vault } as ActivityDeps, account, SITE, world.offsite ?? []);
}

const NO_UPDATE = {
  owner: 'ops@example.com',
  source_bench: null,
  destination_bench: null,
  deploy_type: 'Migrate',
  backup_type: 'Logical',
  update_job: null,
  recover_job: null,
  activate_site_job: null,
  deactivate_site_job: null,
  scheduled_time: null,
  skipped_backups: 0,
  skipped_failing_patches: 0,
  update_start: null,
  update_end: null,
};

describe('the copy that stands in for one of today', () => {
  it('is none where there is none', async () => {
    expect(await choose({})).toEqual({ copy: null, problem: null, passedOver: [] });
    const imported = await choose({ vault: [kept('files', 9, { backup: IMPORTED })] });
    expect(imported.copy).toBeNull();
  });

  it.each([
    ['in the vault', 9, 'vault'],
    ['at Press', 7, 'offsite'],
  ])('is the newest, %s', async (_, on, where) => {
    const found = await choose({ offsite: [offsite('o', 8)], vault: [kept('v', on)] });
    expect(found).toMatchObject({ copy: { where }, problem: null, passedOver: [] });
  });

  it('is an older one that nothing speaks against, and the newer is named', async () => {
    const doubtful = offsite('newer', 9, 'its age cannot be told');
    const found = await choose({ offsite: [doubtful, offsite('older', 8)] });
    expect(found).toMatchObject({
      copy: { handle: 'older' },
      problem: null,
      passedOver: [
        expect.stringMatching(
          /^the offsite backup newer of 2026-11-09 .*: its age cannot be told$/,
        ),
      ],
    });
  });

  it('is the newest with what speaks against it, where all are doubtful', async () => {
    const found = await choose({
      offsite: [offsite('newer', 9, 'its age cannot be told'), offsite('older', 8, 'its public …')],
    });
    expect(found).toMatchObject({
      copy: { handle: 'newer' },
      problem: 'its age cannot be told',
      passedOver: [],
    });
  });

  it.each([
    ['without files', { kinds: ['database', 'config'] }, /^it has no public, private$/],
    [
      'of another version',
      { version: 'Version 14' },
      /^it is of Version 14, the site of Version 15/,
    ],
    ['of an implausible size', { bytes: 10 }, /^it has 10 % of the size of the backups before/],
  ] as const)('is doubted in the vault, too: %s', async (_, change, problem) => {
    const doubtful = [offsite('o', 8, 'its age cannot be told')];
    const found = await choose({ offsite: doubtful, vault: [kept('v', 9, change)] });
    expect(found).toMatchObject({ copy: { handle: 'v' } });
    expect(found.problem).toMatch(problem);
  });

  it('is doubted when the site was updated since', async () => {
    const found = await choose({ vault: [kept('v', 9)], updatedAt: '2026-11-10 10:00:00.000000' });
    expect(found).toMatchObject({
      copy: { handle: 'v' },
      problem: 'the site was updated since (up1)',
    });
  });

  it('is none that cannot be read, which is told', async () => {
    const found = await choose({
      vault: [kept('holes', 9), kept('whole', 8)],
      unreadable: ['torn'],
      gone: ['holes'],
    });
    expect(found).toMatchObject({
      copy: { handle: 'whole' },
      passedOver: [
        'the vault copy torn: it cannot be read',
        expect.stringMatching(/vault copy holes .*: its database, public, private, config cannot/),
      ],
    });
  });
});
