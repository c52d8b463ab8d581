import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand, type RemoteCommand } from '../../../src/activities/commands.js';
import { NotYet } from '../../../src/activities/errors.js';
import { PRODUCTION_TIMING } from '../../../src/domain/timing.js';
import { PressError } from '../../../src/frappe-cloud/index.js';
import { FOUND, NONE, openBench, openKey, pressError, TRACKER } from './fixture.js';

const { horizon } = PRODUCTION_TIMING;

/** What happens to one send: when it lands (ms from now, or never), and what the sender hears. */
const sendArbitrary = fc.record({
  lands: fc.option(fc.integer({ min: 0, max: horizon - 1 }), { nil: null, freq: 3 }),
  hears: fc.constantFrom('answer', 'nothing', 'broken', 'dies'),
});

describe('whatever gets lost', () => {
  let bench: Awaited<ReturnType<typeof openBench>>;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => vi.useRealTimers());

  it('an effect that lands within the horizon happens exactly once', async () => {
    const property = fc.asyncProperty(
      fc.array(sendArbitrary, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: horizon }), { minLength: 1, maxLength: 6 }),
      async (fates, delays) => {
        const key = await openKey(bench.ledger);
        const landings: number[] = [];
        let sends = 0;
        const command: RemoteCommand = {
          key,
          account: bench.account,
          endpoint: 'press.api.x',
          payload: {},
          repeat: 'after_horizon',
          locate: () => Promise.resolve(landings.some((at) => at <= Date.now()) ? FOUND : NONE),
          async send() {
            const fate = fates[sends++];
            // Fates that are used up: everything works from now on.
            const { lands, hears } = fate ?? { lands: 0, hears: 'answer' };
            if (lands !== null) landings.push(Date.now() + lands);
            if (hears === 'dies') return new Promise<never>(() => undefined);
            const answered = hears === 'answer' && lands !== null;
            if (answered) return TRACKER;
            const sent = hears === 'nothing' ? 'TIMEOUT' : 'CONNECTION_LOST';
            throw pressError(sent, { sent: 'maybe', ended: false, status: null });
          },
        };
        for (let n = 0; n < 200; n += 1) {
          const before = sends;
          const end = await Promise.race([
            runCommand(bench.deps, command).catch((error: unknown) => error),
            // A worker that died says nothing: the next attempt starts when it is missed.
            vi
              .waitUntil(() => sends > before && fates[before]?.hears === 'dies')
              .then(() => 'dead'),
          ]);
          if (!(end instanceof NotYet) && !(end instanceof PressError) && end !== 'dead') break;
          const pause = end instanceof NotYet ? end.retryAfterMs : 10_000;
          vi.setSystemTime(Date.now() + pause + (delays[n % delays.length] ?? 0));
        }
        expect(landings).toHaveLength(1);
        expect(await bench.ledger.getCommand(key)).toMatchObject({ state: 'settled' });
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});
