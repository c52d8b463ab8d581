import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, siteIn } from '../provision/support.js';
import { activeSite, approvedArchive } from './support.js';

describe('an archive', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  it.concurrent('leaves nothing but a copy in the vault', async ({ expect }) => {
    const site = await activeSite(harness);
    const { workflowId } = await approvedArchive(harness, site);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ archivedAs: `${site}.archived` });
    expect(siteIn(harness, site)).toBeUndefined();
    expect(effectsOn(harness, site)).toContain('site.archive');
    const manifest = await harness.deps.vault.manifest(details['safetyCopy'] ?? '');
    expect(manifest).toMatchObject({ site, account: 'main' });
  });
});
