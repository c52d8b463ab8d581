import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, makeSite, siteIn } from '../provision/support.js';
import { offsiteBackup } from '../safety-copy/support.js';
import { archivedElsewhere, archivedSite, NOBODY_ASKED, unarchive } from './support.js';
import { activeSite, archive } from '../archive/support.js';

describe('an unarchive', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ policy: NOBODY_ASKED });
  });
  afterAll(() => harness.close());

  it.concurrent('brings the data of the vault copy back under the old name', async ({ expect }) => {
    const { site, data, copy } = await archivedSite(harness);
    const { workflowId, operationId } = await unarchive(harness, site);
    const { details, exceptions } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(details).toMatchObject({ safetyCopy: copy, plan: 'USD 25', group: 'bench-0001' });
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', data, maintenance: false });
    expect(exceptions.join('\n')).toMatch(/older backups: what is left .*\.archived/);
    // Our own archive knows that there were none.
    expect(exceptions.join('\n')).not.toMatch(/custom domains|app plans/);
    const events = await harness.ledger.events(operationId);
    expect(events.map(({ type }) => type)).not.toContain('operation.attention');
    expect(effectsOn(harness, site)).toContain('site.restore');
  });

  it.concurrent("brings back Press's last backup when there is no copy", async ({ expect }) => {
    const site = await archivedElsewhere(harness, { backup: true });
    const { workflowId } = await unarchive(harness, site);
    const { details, exceptions } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    const [backup] = harness.simulator
      .estate()
      .backups.filter(({ site: of, offsite }) => of === `${site}.archived` && offsite);
    expect(details['safetyCopy']).toBe(backup?.name);
    expect(siteIn(harness, site)?.data.database).toBe(backup?.files['database']?.mark);
    expect(exceptions.join('\n')).toMatch(/custom domains: if it had any/);
  });

  it.concurrent('is refused without a copy', async ({ expect }) => {
    const site = await archivedElsewhere(harness, { backup: false });
    const { workflowId } = await unarchive(harness, site);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/no copy of it in the vault, and no offsite backup/);
    expect(siteIn(harness, site)).toBeUndefined();
  });

  it.concurrent('is refused when the name is taken', async ({ expect }) => {
    const { site } = await archivedSite(harness);
    await makeSite(harness, 'other', site.split('.')[0] ?? '');
    const { workflowId } = await unarchive(harness, site);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/taken by another team/);
  });

  it.concurrent('is refused with the copy of another site', async ({ expect }) => {
    const [one, other] = await Promise.all([archivedSite(harness), archivedSite(harness)]);
    const { workflowId } = await unarchive(harness, one.site, { copy: other.copy });
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/the vault has no copy .* of /);
  });

  it.concurrent('is refused on a group that is neither ours nor public', async ({ expect }) => {
    const { site } = await archivedSite(harness);
    const { workflowId } = await unarchive(harness, site, { group: 'bench-9999' });
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/neither a group of this team nor public/);
  });

  it.concurrent('can take another plan, and is planned without being done', async ({ expect }) => {
    const { site } = await archivedSite(harness);
    const { workflowId } = await unarchive(harness, site, { plan: 'USD 50', dryRun: true });
    await endOf(harness, workflowId, 'planned');
    const { plan } = await harness.client.status(workflowId);
    expect(plan?.summary).toMatch(/USD 50 .* from the vault of/);
    expect(siteIn(harness, site)).toBeUndefined();
  });

  it.concurrent('passes over half-made sites that lie under the name', async ({ expect }) => {
    const { site, data } = await archivedSite(harness);
    harness.simulator.addFault({
      job: { site, jobType: 'Restore Site' },
      fault: { kind: 'fail_step', step: 'Restore Site' },
    });
    const first = await unarchive(harness, site);
    await endOf(harness, first.workflowId, 'rolled_back');
    expect(siteIn(harness, site)).toBeUndefined();
    const again = await unarchive(harness, site);
    await endOf(harness, again.workflowId, 'succeeded_with_exceptions');
    expect(siteIn(harness, site)?.data).toEqual(data);
  });

  it.concurrent('names the domains and app plans that are lost', async ({ expect }) => {
    const site = await activeSite(harness);
    const domain = `www.${site}.example.com`;
    harness.simulator.setDns(domain, { CNAME: [site] });
    await harness.press('main', 'press.api.site.add_domain', { name: site, domain });
    await offsiteBackup(harness, site);
    const { workflowId } = await archive(harness, site);
    await endOf(harness, workflowId, 'succeeded');
    const again = await unarchive(harness, site);
    const result = await endOf(harness, again.workflowId, 'succeeded_with_exceptions');
    expect(result.exceptions.join('\n')).toMatch(`custom domains: ${domain}: to be added again`);
  });
});
