import { afterAll, beforeAll, describe, it } from 'vitest';
import type { JobFault } from '../../../simulators/press/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, onJob, siteIn } from '../provision/support.js';
import { answer } from '../safety-copy/support.js';
import { NOBODY_ASKED } from '../unarchive/support.js';
import { activeSite, archive } from './support.js';

const UNREACHED: JobFault = { kind: 'delivery_failure', afterSeconds: 60 };

describe('a second archive of a site that is gone from its server', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ policy: NOBODY_ASKED });
  });
  afterAll(() => harness.close());

  /** The first drops it on its server, and Press calls it Broken; `second`: how its next jobs fail. */
  const halfArchived = async (second: Readonly<Record<string, JobFault>>) => {
    const site = await activeSite(harness);
    const proxyFails = { kind: 'fail_step', step: 0 } as const;
    harness.simulator.addFault(onJob(site, 'Remove Site from Upstream', proxyFails));
    for (const [jobType, fault] of Object.entries(second)) {
      harness.simulator.addFault(onJob(site, jobType, fault, { nth: 2 }));
    }
    return { site, handle: await archive(harness, site) };
  };
  const doneTo = (site: string) =>
    effectsOn(harness, site).filter((effect) => /^site\.(archive|activate)$/.test(effect));

  it.concurrent(
    'ends when it takes the rest away, and says what has failed',
    async ({ expect }) => {
      const { site, handle } = await halfArchived({
        'Archive Site': { kind: 'fail_step', step: 'Bench Setup NGINX' },
      });
      await answer(harness, handle, 'retry', /do not activate it/);
      const { exceptions } = await endOf(harness, handle.workflowId, 'succeeded_with_exceptions');
      expect(exceptions).toEqual([
        expect.stringMatching(
          /^archive: archive failed in "Bench Setup NGINX"[^]*; the site was dropped before$/,
        ),
      ]);
      expect(siteIn(harness, site)).toBeUndefined();
      expect(doneTo(site)).toEqual(['site.archive', 'site.archive']);
    },
  );

  it.concurrent(
    'asks again when neither server was reached: it is Active only by name',
    async ({ expect }) => {
      const { site, handle } = await halfArchived({
        'Archive Site': UNREACHED,
        'Remove Site from Upstream': UNREACHED,
      });
      const first = await answer(harness, handle, 'retry', /do not activate it/);
      await harness.until(
        handle.workflowId,
        ({ state, since }) => state === 'needs_human' && since !== first.since,
      );
      expect(siteIn(harness, site)?.status).toBe('Active');
      await answer(harness, handle, 'retry', /do not activate it/);
      await endOf(harness, handle.workflowId, 'succeeded');
      expect(siteIn(harness, site)).toBeUndefined();
      expect(doneTo(site)).toEqual(['site.archive', 'site.archive', 'site.archive']);
    },
  );
});
