import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleFor } from '../../../src/vault/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, effectsOn, fullName, makeSite, siteIn } from '../provision/support.js';
import { backupsOf, copyOf, liveSite, offsiteBackup } from '../safety-copy/support.js';
import { backedUpSite, dataOf, FREE, restore, startRestore } from './support.js';

describe('what a restore takes its data from', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, policy: FREE });
  });
  afterAll(() => harness.close());

  /** Remote Files of the offsite backup of a site, by kind. */
  const remoteFiles = (site: string, backup: string): Record<string, string> => {
    const row = backupsOf(harness, site).find(({ name }) => name === backup);
    const files = Object.entries(row?.files ?? {});
    return Object.fromEntries(files.map(([kind, { remote }]) => [kind, remote ?? '']));
  };
  /** Why nothing was done. */
  const refusalOf = async (site: string, from: Parameters<typeof restore>[2]) => {
    const before = effectsOn(harness, site);
    const { reason } = await restore(harness, site, from, 'refused');
    expect(effectsOn(harness, site)).toEqual(before);
    return reason;
  };

  it.concurrent('a copy in the vault, which is uploaded for it', async () => {
    const { site, backup, today } = await backedUpSite(harness);
    await restore(harness, site, { backup }, 'succeeded');
    const { handle } = await copyOf(harness, site);
    await restore(harness, site, { copy: handle }, 'succeeded');
    expect(dataOf(harness, site)).toEqual(today);
  });

  it.concurrent("files from somebody's disk, once they are in the vault", async () => {
    const site = await liveSite(harness);
    const { vault } = harness.deps;
    const details = {
      account: 'main',
      site,
      takenAt: '2026-01-01T00:00:00Z',
      operationId: `import-${site}`,
      backup: 'imported',
      version: null,
      apps: [],
      sealedEncryptionKey: null,
      expiresAt: null,
    };
    const handle = handleFor(details);
    const stream = [gzipSync(`-- ${site}`)];
    const dump = { kind: 'database', fileName: 'dump.sql.gz' } as const;
    await vault.writeFile(handle, dump, () =>
      Promise.resolve({ start: 0, totalBytes: null, stream: Readable.from(stream) }),
    );
    await vault.complete(handle, details);
    const before = dataOf(harness, site);
    const { workflowId } = await restore(harness, site, { copy: handle }, 'succeeded');
    expect(dataOf(harness, site)?.database).not.toBe(before?.database);
    expect(dataOf(harness, site)?.public).toBe(before?.public);
    const { plan } = await harness.client.status(workflowId);
    const warned = plan?.checks.filter(({ result }) => result === 'warn').map(({ name }) => name);
    expect(warned).toEqual(['version', 'apps']);
  });

  it.concurrent('a copy that the vault does not have: refused', async () => {
    const site = await liveSite(harness);
    expect(await refusalOf(site, { copy: 'nonsense' })).toContain('no complete copy nonsense');
  });

  it.concurrent('the backup of another site of the account: a clone', async () => {
    const { site: from, backup, before } = await backedUpSite(harness);
    const site = await liveSite(harness);
    const { details } = await restore(harness, site, { backup, ofSite: from }, 'succeeded');
    expect(dataOf(harness, site)).toEqual(before);
    expect(details['apps']).toBe('frappe, erpnext');
  });

  it.concurrent('a backup that is not offsite, or not there: refused', async () => {
    const site = await liveSite(harness);
    const onSite = harness.simulator.backUp(site);
    await expect
      .poll(() => backupsOf(harness, site).find(({ name }) => name === onSite)?.status)
      .toBe('Success');
    expect(await refusalOf(site, { backup: onSite })).toContain('lies on the site only');
    expect(await refusalOf(site, { backup: 'never-made' })).toContain('no finished backup');
  });

  it.concurrent('the backup of a site of another team: refused', async () => {
    const subdomain = aName();
    await makeSite(harness, 'other', subdomain);
    const foreign = fullName(harness, subdomain);
    const site = await liveSite(harness);
    expect(await refusalOf(site, { backup: 'any', ofSite: foreign })).toContain(
      `${foreign} is not a site of this team`,
    );
  });

  it.concurrent('files that were uploaded already', async () => {
    const { site, backup, before } = await backedUpSite(harness);
    await restore(harness, site, { files: remoteFiles(site, backup) }, 'succeeded');
    expect(dataOf(harness, site)).toEqual(before);
  });

  it.concurrent('a snapshot, as far as Press lets anybody: refused in its words', async () => {
    const site = await liveSite(harness);
    const reason = await refusalOf(site, { snapshot: 'snap-1' });
    expect(reason).toContain('Physical Backup & Restoration is disabled system wide');
  });

  it.concurrent('public files only: nothing else is touched', async () => {
    const { site, backup, today } = await backedUpSite(harness);
    const parts = ['public'] as const;
    const workflowId = await startRestore(harness, site, { backup }, { parts, dryRun: true });
    const { plan } = await harness.until(workflowId, ({ state }) => state === 'planned');
    expect(plan?.material.mayLose).toEqual(['all public files that are there now']);
    expect(plan?.checks.find(({ name }) => name === 'what happens')?.detail).toBe(
      'database, apps, configuration and password stay as they are; nothing is migrated; ' +
        'public files are deleted first, then unpacked; the other side stays',
    );
    await restore(harness, site, { backup }, 'succeeded', { parts });
    expect(dataOf(harness, site)).toEqual(today);
  });

  it.concurrent('the database only, with the configuration', async () => {
    const { site, backup, before } = await backedUpSite(harness);
    await restore(harness, site, { backup }, 'succeeded', { parts: ['database'] });
    expect(dataOf(harness, site)?.database).toBe(before?.database);
    const call = harness.simulator
      .calls()
      .find(
        ({ action, args }) => action?.includes('restore') && JSON.stringify(args).includes(site),
      );
    const asked = JSON.stringify(call?.args);
    expect(asked).toMatch(/"public":null/);
    expect(asked).toMatch(/"config":"[^"]+"/);
  });

  it.concurrent('a part that the source does not have: refused', async () => {
    const { site, backup } = await backedUpSite(harness);
    const { database = '' } = remoteFiles(site, backup);
    const files = { database };
    const { reason } = await restore(harness, site, { files }, 'refused', { parts: ['public'] });
    expect(reason).toContain('the source has no public');
  });

  it.concurrent('a newer version: refused; an older one is migrated', async () => {
    const old = aName();
    await makeSite(harness, 'main', old, { group: 'bench-0002', version: 'Version 14' });
    const oldSite = fullName(harness, old);
    await expect.poll(() => siteIn(harness, oldSite)?.status).toBe('Active');
    const { site, backup } = await backedUpSite(harness);
    expect(await refusalOf(oldSite, { backup, ofSite: site })).toContain('newer database');
    const older = await offsiteBackup(harness, oldSite);
    await restore(harness, site, { backup: older, ofSite: oldSite }, 'succeeded');
  });
});
