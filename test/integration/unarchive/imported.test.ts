import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, siteIn } from '../provision/support.js';
import { copyOf } from '../safety-copy/support.js';
import { archivedElsewhere, archivedSite, NOBODY_ASKED, unarchive } from './support.js';

describe('an unarchive from files that were imported', () => {
  let harness: Harness;
  let folder: string;
  /** A dump on disk, and the mark of the data in it. */
  let dump: { readonly file: string; readonly mark: string | null | undefined };
  beforeAll(async () => {
    harness = await startHarness({ policy: NOBODY_ASKED });
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-imported-'));
    const { site, data, copy } = await archivedSite(harness);
    const file = path.join(folder, `${site}.sql.gz`);
    await writeFile(file, await buffer(await harness.deps.vault.read(copy, 'database')));
    dump = { file, mark: data?.database };
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
    await harness.close();
  });

  /** `sitewright vault import`, into the vault of the workers; the handle of the copy. */
  const imported = async (site: string, ...options: readonly string[]): Promise<string> => {
    vi.stubEnv('SITEWRIGHT_DATA_DIR', harness.workerEnvironment['SITEWRIGHT_DATA_DIR']);
    const line = ['vault', 'import', '--site', site, '--database', dump.file, '--account', 'main'];
    const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await createProgram().parseAsync([...line, ...options], { from: 'user' });
    quiet.mockRestore();
    return (await copyOf(harness, site)).handle;
  };

  it('brings their data back under the old name, where they are named', async () => {
    const site = await archivedElsewhere(harness, { backup: false });
    const copy = await imported(site, '--version', 'Version 15', '--apps', 'frappe,erpnext');
    const unnamed = await unarchive(harness, site);
    const { reason } = await endOf(harness, unnamed.workflowId, 'refused');
    expect(reason).toMatch(/no copy of it in the vault/);

    const { workflowId } = await unarchive(harness, site, { copy });
    const { details } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(details).toMatchObject({ safetyCopy: copy });
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', maintenance: false });
    expect(siteIn(harness, site)?.data.database).toBe(dump.mark);
  });

  it('takes the apps that the site had when the import named none', async () => {
    const site = await archivedElsewhere(harness, { backup: false });
    const copy = await imported(site);
    const { workflowId } = await unarchive(harness, site, { copy });
    await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', apps: ['frappe', 'erpnext'] });
    expect(siteIn(harness, site)?.data.database).toBe(dump.mark);
  });
});
