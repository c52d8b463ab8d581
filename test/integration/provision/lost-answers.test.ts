import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallFault } from '../../../simulators/press/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, callsOf, effectsOn, endOf, fullName, onCreate, provision } from './support.js';

/** Where the answer to a creation gets lost, the site is found or made again: never both. */
describe('the answer to a creation is lost', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ commandMs: 1_000 });
  });
  afterAll(() => harness.close());

  const NEW = 'press.api.site.new';

  /** Ends well with one site; answers how it was sent, and how often. */
  const provisionDespite = async (fault: CallFault) => {
    const subdomain = aName();
    harness.simulator.addFault(onCreate(subdomain, fault));
    const result = await provision(harness, { subdomain }, 'succeeded');
    expect(effectsOn(harness, result.site)).toEqual(['site.create']);
    const [command] = await harness.ledger.commandsOf(result.operationId);
    const events = await harness.ledger.events(result.operationId);
    return {
      sends: callsOf(harness, NEW, subdomain),
      attempt: command?.attempt,
      how: events.map(({ type }) => type).filter((type) => type.startsWith('command.')),
      times: harness.simulator
        .calls()
        .filter(({ method, args }) => method === NEW && JSON.stringify(args).includes(subdomain))
        .map(({ at }) => Date.parse(at)),
    };
  };

  it.concurrent.each<[string, CallFault]>([
    ['the connection breaks after the effect', { kind: 'lose_answer' }],
    ['no answer ever comes', { kind: 'hang' }],
    [
      'it starts 23 s after we hung up (observed-2 1)',
      { kind: 'late', seconds: 23, after: 'disconnect' },
    ],
    ['it starts shortly before the horizon', { kind: 'late', seconds: 200, after: 'disconnect' }],
    ['the front end answers 502', { kind: 'gateway_error', status: 502 }],
    ['the front end answers 504', { kind: 'gateway_error', status: 504 }],
    ['a login page comes with 200', { kind: 'html_page', effect: true }],
    ['the answer has another shape', { kind: 'wrong_shape' }],
    ['the request is delivered twice, and the second is a 409', { kind: 'duplicate' }],
    ['the answer drips for ever', { kind: 'slow_body', seconds: 600 }],
  ])('%s: the site is found and adopted', async (_, fault) => {
    const { sends, attempt, how } = await provisionDespite(fault);
    expect({ sends, attempt, how }).toEqual({ sends: 1, attempt: 1, how: ['command.adopted'] });
  });

  it.concurrent.each<[string, CallFault]>([
    ['the request never arrives', { kind: 'lose_request' }],
    ['it hangs and does nothing', { kind: 'hang', effect: false }],
    [
      'the front end answers 502 without asking',
      { kind: 'gateway_error', status: 502, effect: 'none' },
    ],
    ['a login page comes instead', { kind: 'html_page' }],
  ])('%s: after the horizon it is sent once more', async (_, fault) => {
    const { sends, attempt, how, times } = await provisionDespite(fault);
    expect({ sends, attempt, how }).toEqual({ sends: 2, attempt: 2, how: ['command.sent'] });
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThan(5 * 60_000);
  });

  it.concurrent.each<[string, CallFault]>([
    ['a deadlock', { kind: 'exception', excType: 'QueryDeadlockError' }],
    ['a lock timeout', { kind: 'exception', excType: 'QueryTimeoutError' }],
    ['a lost race', { kind: 'exception', excType: 'TimestampMismatchError', status: 417 }],
    ['a limit with Retry-After', { kind: 'rate_limited', retryAfter: 1 }],
    ['a limit without', { kind: 'rate_limited' }],
  ])('%s is an answer: it is sent again without waiting for the horizon', async (_, fault) => {
    const { sends, how, times } = await provisionDespite(fault);
    expect({ sends, how }).toEqual({ sends: 2, how: ['command.failed', 'command.sent'] });
    const [first = 0, second = 0] = times;
    if (fault.kind === 'rate_limited' && fault.retryAfter !== undefined) {
      expect(second - first).toBeGreaterThan(fault.retryAfter * 1_000);
    }
  });

  describe('an error of Press that nobody understands', () => {
    const stopped = async () => {
      const subdomain = aName();
      harness.simulator.addFault(onCreate(subdomain, { kind: 'exception', excType: 'KeyError' }));
      const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
      const status = await harness.until(workflowId, ({ state }) => state === 'needs_human');
      expect(status).toMatchObject({ problem: { type: 'Defect', step: 'create' } });
      expect(status.problem?.evidence?.['status']).toBe('500 KeyError');
      return { workflowId, site: fullName(harness, subdomain) };
    };

    it.concurrent('is sent again when a person says so', async () => {
      const { workflowId, site } = await stopped();
      await harness.client.resolve(workflowId, 'retry', { by: 'ops' });
      await endOf(harness, workflowId, 'succeeded');
      expect(effectsOn(harness, site)).toEqual(['site.create']);
    });

    it.concurrent.each([
      ['roll_back', 'rolled_back'],
      ['abandon', 'abandoned'],
    ] as const)('%s leaves nothing', async (choice, outcome) => {
      const { workflowId, site } = await stopped();
      await harness.client.resolve(workflowId, choice, { by: 'ops' });
      await endOf(harness, workflowId, outcome);
      expect(effectsOn(harness, site)).toEqual([]);
    });
  });
});
