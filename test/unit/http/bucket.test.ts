import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BucketTimeout, createBucket, type Priority } from '../../../src/http/bucket.js';

const never = new AbortController().signal;

describe('the request bucket', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function bucketWithLog(config = {}) {
    const bucket = createBucket({ requestsPerSecond: 2, burst: 2, maxWaitMs: 10_000, ...config });
    const admitted: string[] = [];
    const take = (name: string, priority: Priority = 'normal', signal = never) =>
      bucket.take(priority, signal).then(() => void admitted.push(name));
    return { take, admitted };
  }

  it('lets a burst through, then the rate', async () => {
    const { take, admitted } = bucketWithLog();
    const all = Promise.all(['a', 'b', 'c', 'd'].map((name) => take(name)));
    await vi.advanceTimersByTimeAsync(0);
    expect(admitted).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(500);
    expect(admitted).toEqual(['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(500);
    await all;
    expect(admitted).toEqual(['a', 'b', 'c', 'd']);
  });

  it('never saves up more than the burst', async () => {
    const { take, admitted } = bucketWithLog();
    await vi.advanceTimersByTimeAsync(60_000);
    const all = Promise.all(['a', 'b', 'c'].map((name) => take(name)));
    await vi.advanceTimersByTimeAsync(100);
    expect(admitted).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(400);
    await all;
  });

  it('serves high before normal, each in its order', async () => {
    const { take, admitted } = bucketWithLog({ burst: 1 });
    const all = Promise.all([
      take('first'),
      take('n1'),
      take('n2'),
      take('h1', 'high'),
      take('h2', 'high'),
    ]);
    await vi.advanceTimersByTimeAsync(2_000);
    await all;
    expect(admitted).toEqual(['first', 'h1', 'h2', 'n1', 'n2']);
  });

  it('gives up when the signal fires, without costing a token', async () => {
    const { take, admitted } = bucketWithLog({ burst: 1 });
    const giveUp = new AbortController();
    await take('a');
    const gone = expect(take('gone', 'normal', giveUp.signal)).rejects.toThrow('enough');
    const next = take('next');
    giveUp.abort(new Error('enough'));
    await gone;
    await vi.advanceTimersByTimeAsync(500);
    await next;
    expect(admitted).toEqual(['a', 'next']);
  });

  it('gives up after the longest wait', async () => {
    const { take } = bucketWithLog({ requestsPerSecond: 0.01, burst: 1, maxWaitMs: 1_000 });
    await take('a');
    const late = expect(take('late')).rejects.toThrow(BucketTimeout);
    await vi.advanceTimersByTimeAsync(1_000);
    await late;
  });

  it('leaves no timer behind', async () => {
    const { take } = bucketWithLog();
    const all = Promise.all(['a', 'b', 'c'].map((name) => take(name)));
    await vi.advanceTimersByTimeAsync(1_000);
    await all;
    expect(vi.getTimerCount()).toBe(0);
  });
});
