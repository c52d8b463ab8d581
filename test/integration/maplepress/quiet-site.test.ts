import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, eventually } from '../provision/support.js';
import { activePast, toldBy } from './support.js';

const NOT_SEEN = 'not seen yet';

describe('the rotation of a quiet site', () => {
  let hurried: Harness;
  beforeAll(async () => {
    hurried = await startHarness({
      maplePress: { timings: { pluginConnects: null } },
      policy: {
        maplepress: { verifyWithinMs: 60_000, notVerified: 'keep', signOfLifeWithinMs: 1_000 },
      },
    });
  });
  afterAll(() => hurried.close());

  it('is not said to have failed, and tells of the key that nobody has claimed', async ({
    expect,
  }) => {
    const { domain } = await activePast(hurried);
    const handle = await hurried.client.start('maplepress-rotate-key', {
      account: 'main',
      requestedBy: 'ops',
      site: domain,
    });
    await hurried.until(handle.workflowId, ({ state }) => state === 'waiting_approval');
    await hurried.client.approve(handle.workflowId, { by: 'kim' });
    const result = await endOf(hurried, handle.workflowId, 'succeeded_with_exceptions');
    const why = `the plugin has not been seen since; nobody has claimed the key; where it waits: npx sitewright status ${handle.operationId}`;
    expect(result.details).toMatchObject({ plugin: NOT_SEEN });
    expect(result.exceptions).toEqual([`sign of life: ${NOT_SEEN}: ${why}`]);
    expect(await toldBy(hurried, handle)).toEqual([why]);
    await eventually(() => hurried.notifications.some(({ message }) => message.includes(why)));
  });
});
