import { type Client, type Connection, QueryNotRegisteredError } from '@temporalio/client';
import { expect, it } from 'vitest';
import { TemporalSitewright } from '../../../src/client/temporal-sitewright.js';

const ID = 'provision:shop.example.com:2026';

/** A run that Temporal ends while its worker refuses to tell of it. */
function lostRun() {
  const run = { asked: 0, end: (_: Error): void => undefined };
  const ended = new Promise<never>((_, reject) => {
    run.end = reject;
  });
  const description = {
    type: 'provisionSite',
    workflowId: ID,
    status: { name: 'RUNNING' },
    typedSearchAttributes: { getAll: () => [] },
  };
  const handle = {
    describe: () => Promise.resolve(description),
    result: () => ended,
    query: () => {
      run.asked += 1;
      return Promise.reject(new QueryNotRegisteredError('only just taken over', 3));
    },
  };
  const client = new TemporalSitewright({
    client: { workflow: { getHandle: () => handle } } as unknown as Client,
    connection: {
      withDeadline: (_: number, work: () => Promise<unknown>) => work(),
    } as unknown as Connection,
    namespace: 'default',
  });
  return { run, client };
}

const timers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

it('a wait that is over asks no more, so that it keeps no process', async () => {
  const { run, client } = lostRun();
  const before = timers();
  const waited = client.wait(ID, () => undefined);
  await expect.poll(() => run.asked > 0 && timers() > before).toBe(true);
  run.end(new Error('terminated'));
  await expect(waited).rejects.toThrow('terminated');
  expect(timers()).toBe(before);
});
