import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.js';
import { createSealingKeys } from '../../../src/security/sealed.js';
import { createLogger, createServices } from '../../../src/services.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-receiver-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const ENV = { SITEWRIGHT_RECEIVER_KEY_FILE: 'receiver.jwk' };

/** What a worker does at start; that there is no Temporal it does not notice here. */
const start = (env: Record<string, string>) =>
  createServices(loadConfig(env, folder), {} as Client, createLogger('silent'));

describe('the receiver of the configuration', () => {
  it('is nobody unless a file is named', () => {
    expect(loadConfig({}, folder).receiverKeyFile).toBeUndefined();
  });

  it('is named in the environment or the config file; the environment wins', async () => {
    await write('sitewright.config.yaml', 'receiverKeyFile: other.jwk');
    expect(loadConfig({}, folder).receiverKeyFile).toBe(path.join(folder, 'other.jwk'));
    expect(loadConfig(ENV, folder).receiverKeyFile).toBe(path.join(folder, 'receiver.jwk'));
  });

  it('gets what is made for a receiver', async () => {
    const { publicJwk } = await createSealingKeys();
    await write('receiver.jwk', JSON.stringify(publicJwk));
    const services = await start(ENV);
    expect(await services.deps.handOverKeys.receiverFor(undefined)).toEqual({
      keyId: publicJwk.kid,
    });
    await services.close();
  });

  it('stops a worker whose file is of no use', async () => {
    const file = path.join(folder, 'receiver.jwk');
    const refused = (problem: string) =>
      expect(start(ENV)).rejects.toMatchObject({ name: 'InvalidConfig', problems: [problem] });
    await refused(`receiver key: ${file} cannot be read`);
    await write('receiver.jwk', JSON.stringify((await createSealingKeys()).privateJwk));
    await refused(`receiver key: ${file}: it is a private key`);
  });
});
