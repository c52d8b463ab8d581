import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { MaplePressSimulator } from '../../../simulators/maplepress/index.js';
import { type PressSimulator, startPressSimulator } from '../../../simulators/press/index.js';
import { startQuietMaplePress } from './maplepress-support.js';
import { publicGroup, TOKEN } from './support.js';

const SITES = 10_000;
const MOST_MB = 256;
const MAX_OLD_SPACE = `--max-old-space-size=${MOST_MB}`;
/** Tells the peak of the process's memory, in kB, as its last word. */
const REPORT = `data:text/javascript,${encodeURIComponent(
  "import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))",
)}`;

/** A process of ours that tells the peak of its memory at its end. */
function start(script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const file = path.join(inject('distPath'), script);
  const child = spawn(process.execPath, [MAX_OLD_SPACE, '--import', REPORT, file, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'close') as Promise<[number | null]>;
  const peak = text(child.stdio[3] as Readable).then((kB) => Number(kB) / 1_024);
  return { child, exited, peak };
}

describe(`a list of ${SITES} sites`, () => {
  let simulator: PressSimulator;
  let maplePress: MaplePressSimulator;
  let folder: string;
  let gateway: ReturnType<typeof start>;
  let url: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-estate-'));
    simulator = await startPressSimulator();
    const group = publicGroup(simulator);
    simulator.addSites({ count: SITES, prefix: 'shop', group, plan: 'USD 25' });
    maplePress = await startQuietMaplePress();
    maplePress.addSites(SITES);
    const { apiKey, apiSecret, team } = simulator.accounts.main;
    gateway = start('src/gateway/main.js', [], {
      SITEWRIGHT_DATA_DIR: folder,
      SITEWRIGHT_GATEWAY_TOKEN: TOKEN,
      FRAPPE_CLOUD_MAIN_URL: simulator.url,
      FRAPPE_CLOUD_MAIN_TEAM: team,
      FRAPPE_CLOUD_MAIN_KEY: apiKey,
      FRAPPE_CLOUD_MAIN_SECRET: apiSecret,
      MAPLEPRESS_MAIN_URL: maplePress.url,
      MAPLEPRESS_MAIN_EMAIL: maplePress.tenants.main.email,
      MAPLEPRESS_MAIN_PASSWORD: maplePress.tenants.main.password,
      MAPLEPRESS_MAIN_REQUESTS_PER_SECOND: '100',
    });
    for await (const line of createInterface(gateway.child.stderr as Readable)) {
      const said = JSON.parse(line) as { url?: string; msg: string };
      if (said.msg === 'gateway ready') {
        url = said.url ?? '';
        break;
      }
    }
    gateway.child.stderr?.resume();
  });
  afterAll(async () => {
    gateway.child.kill('SIGKILL');
    await simulator.close();
    await maplePress.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Has a command print the whole list, with a line above and one below. */
  async function expectWholeList(...command: readonly string[]): Promise<void> {
    const { child, exited, peak } = start('src/cli/main.js', command, {
      SITEWRIGHT_DATA_DIR: folder,
      SITEWRIGHT_GATEWAY_URL: url,
      SITEWRIGHT_GATEWAY_TOKEN: TOKEN,
    });
    const lines = (await text(child.stdout as Readable)).trimEnd().split('\n');
    const [code] = await exited;
    expect(code).toBe(0);
    expect(lines).toHaveLength(1 + SITES + 1);
    expect(await peak).toBeLessThan(MOST_MB);
  }

  it(`is printed whole, within ${MOST_MB} MB`, async () => {
    await expectWholeList('sites');
    // One call for many: pages of 500, and one that finds nothing more.
    const pages = simulator.calls().filter(({ method }) => method === 'press.api.client.get_list');
    expect(pages.length).toBeLessThanOrEqual(SITES / 500 + 1);
  });

  it('is printed whole of MaplePress, too', async () => {
    await expectWholeList('maplepress', 'sites');
    const pages = maplePress.calls().filter(({ endpoint }) => endpoint === 'GET /api/v1/sites');
    expect(pages.length).toBeLessThanOrEqual(SITES / 100 + 1);
  });

  it(`takes no more than ${MOST_MB} MB in the gateway`, async () => {
    gateway.child.kill('SIGTERM');
    expect(await gateway.exited).toEqual([0, null]);
    expect(await gateway.peak).toBeLessThan(MOST_MB);
  });
});
