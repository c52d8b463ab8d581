import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows } from '../../../scripts/bundle-workflows.js';
import { failureConverterPath } from '../../../src/temporal/data-converter.js';

const HISTORIES = fileURLToPath(new URL('../../replay/histories/', import.meta.url));
const files = (await readdir(HISTORIES)).filter((file) => file.endsWith('.json'));

interface History {
  readonly events: {
    readonly eventType: string;
    workflowExecutionStartedEventAttributes?: { workflowId: string };
    activityTaskScheduledEventAttributes?: { activityType: { name: string } };
  }[];
}

let folder: string;
let bundlePath: string;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-replay-'));
  bundlePath = path.join(folder, 'bundle.js');
  const entry = fileURLToPath(new URL('../../../src/workflows/index.ts', import.meta.url));
  await bundleWorkflows(entry, bundlePath);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const load = async (file: string): Promise<History> =>
  JSON.parse(await readFile(path.join(HISTORIES, file), 'utf8')) as History;

const replay = (history: History) =>
  Worker.runReplayHistory(
    { workflowBundle: { codePath: bundlePath }, dataConverter: { failureConverterPath } },
    history,
    // Children are named after it.
    history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId,
  );

/** `npm run record` makes them anew; do that only together with a patch or a new version. */
describe('recorded histories', () => {
  it('are there', () => expect(files.length).toBeGreaterThan(5));

  it.each(files)('%s is accepted by the code of today', async (file) => {
    await expect(replay(await load(file))).resolves.toBeUndefined();
  });

  it.each(files)('%s tells nothing of the machine it was made on', async (file) => {
    const text = await readFile(path.join(HISTORIES, file), 'utf8');
    const payloads = [...text.matchAll(/"data": "([^"]+)"/g)].map(([, data = '']) => data);
    const clear = payloads.map((data) => Buffer.from(data, 'base64').toString());
    expect(clear.filter((data) => data.includes('node_modules'))).toEqual([]);
  });
});

describe('doctored histories', () => {
  it('fail when another activity was scheduled', async () => {
    const history = await load('provisionSite.succeeded.json');
    const create = history.events.find(
      ({ activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled?.activityType.name === 'createSite',
    );
    create!.activityTaskScheduledEventAttributes!.activityType.name = 'removeSite';
    await expect(replay(history)).rejects.toThrow(/nondeterminism/i);
  });

  it('fail when two steps changed places', async () => {
    const history = await load('provisionSite.config-and-domain-given-up.json');
    const scheduled = (name: string) =>
      history.events
        .map((event) => event.activityTaskScheduledEventAttributes)
        .find((attributes) => attributes?.activityType.name === name);
    const [create, config] = [scheduled('createSite'), scheduled('makeChange')];
    create!.activityType.name = 'makeChange';
    config!.activityType.name = 'createSite';
    await expect(replay(history)).rejects.toThrow(/nondeterminism/i);
  });
});
