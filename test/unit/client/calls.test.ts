import { QueryNotRegisteredError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { JustTakenOver, reaching, SERVER, WORKER } from '../../../src/client/calls.js';
import { Unreachable } from '../../../src/errors.js';

const answering = (code: number) =>
  Object.assign(new Error(`gRPC ${code}`), { code, details: '', metadata: {} });

const ended = (error: Error, callee = WORKER): Promise<unknown> =>
  reaching('here', callee, () => Promise.reject(error)).catch((thrown: unknown) => thrown);

describe('a call', () => {
  it.each([1, 4, 8, 9, 14])('that ends with gRPC %i has found no worker', async (code) => {
    expect(await ended(answering(code))).toBeInstanceOf(Unreachable);
  });

  it.each([4, 14])('that ends with gRPC %i has found no server', async (code) => {
    expect(await ended(answering(code), SERVER)).toBeInstanceOf(Unreachable);
  });

  it.each([1, 3, 5, 8, 9])('of the server that ends with gRPC %i has its answer', async (code) => {
    const error = answering(code);
    expect(await ended(error, SERVER)).toBe(error);
  });

  it('that its operation refuses has met a worker that has only just taken it over', async () => {
    expect(await ended(new QueryNotRegisteredError('Encoded failure', 3))).toBeInstanceOf(
      JustTakenOver,
    );
  });
});
