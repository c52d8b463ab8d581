import { describe, expect, it, vi } from 'vitest';
import { follow, type Onlooker } from '../../../src/cli/follow.js';
import type { Sitewright } from '../../../src/client.js';
import type { OperationResult } from '../../../src/domain/operations.js';
import type { OperationStatus } from '../../../src/domain/status.js';
import { Unreachable } from '../../../src/errors.js';
import { statusWith } from './fixture.js';

type Progress = (status: OperationStatus) => void;

const forEver = <T>() => new Promise<T>(() => undefined);
const running = new AbortController().signal;

/** A client of which only `wait` with a listener matters; without one it never answers. */
function clientThat(wait: (onProgress: Progress) => Promise<OperationResult>): Sitewright {
  return {
    wait: (_: string, onProgress?: Progress) => (onProgress ? wait(onProgress) : forEver()),
    temporal: { connection: { withAbortSignal: <T>(_: AbortSignal, work: () => T) => work() } },
  } as unknown as Sitewright;
}

function onlooker() {
  return { show: vi.fn<Onlooker['show']>(), quiet: vi.fn<Onlooker['quiet']>() };
}

const result: OperationResult = {
  operationId: '0f3a5c7e9b1d2f40',
  kind: 'provision',
  site: 'acme-shop.example.com',
  outcome: 'succeeded',
  exceptions: [],
  details: {},
};

describe('following an operation', () => {
  it('ends with its result', async () => {
    const status = statusWith({ state: 'succeeded' });
    const client = clientThat(async (onProgress) => {
      onProgress(status);
      return result;
    });
    expect(await follow(client, 'x', onlooker(), running)).toEqual({ status, result, lost: null });
  });

  it('stops when it needs a person', async () => {
    const status = statusWith({ state: 'needs_human' });
    const client = clientThat((onProgress) => {
      onProgress(status);
      return forEver();
    });
    const seen = await follow(client, 'x', onlooker(), running);
    expect(seen).toEqual({ status, result: null, lost: null });
  });

  it('outlasts a worker that is away, and says so', async () => {
    const wait = vi
      .fn<(onProgress: Progress) => Promise<OperationResult>>()
      .mockRejectedValueOnce(new Unreachable('a worker', 'host:1', 'no worker answers'))
      .mockImplementation(async (onProgress) => {
        onProgress(statusWith({ state: 'succeeded' }));
        return result;
      });
    const looking = onlooker();
    const seen = await follow(clientThat(wait), 'x', looking, running);
    expect(seen.result).toEqual(result);
    expect(looking.quiet).toHaveBeenCalledWith('no worker answers');
  });

  it('leaves it running when interrupted, and tells how to look again', async () => {
    const interrupt = new AbortController();
    const client = clientThat((onProgress) => {
      onProgress(statusWith());
      interrupt.abort();
      return forEver();
    });
    await expect(follow(client, 'x', onlooker(), interrupt.signal)).rejects.toMatchObject({
      name: 'Interrupted',
      hint: 'look again: npx sitewright watch acme-shop.example.com --operation 0f3a5c7e9b1d2f40',
    });
  });
});
