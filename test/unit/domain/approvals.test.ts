import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalRule,
  type CountedDecision,
  type Decision,
  type Identity,
  judgeDecision,
  tally,
} from '../../../src/domain/approvals.js';

const PLAN = 'the-plan';
const ROLES = ['operator', 'manager', 'owner'];

const ruleOf = (quorum: Readonly<Record<string, number>>): ApprovalRule => ({
  rule: 'a rule',
  quorum,
  expiresAfterMs: 1,
  escalateAfterMs: 1,
});
const approves = (by: string, ...roles: string[]): CountedDecision => ({
  verdict: 'approve',
  by,
  roles,
  verified: false,
  planHash: PLAN,
});
const rejects = (by: string, ...roles: string[]): CountedDecision => ({
  ...approves(by, ...roles),
  verdict: 'reject',
});

describe('a quorum', () => {
  const both = ruleOf({ operator: 1, manager: 1 });

  it('is met by different people, one for every seat', () => {
    const counted = [approves('dana', 'operator'), approves('max', 'manager')];
    expect(tally(both, counted)).toEqual({ state: 'approved', missing: [] });
  });

  it('has one seat for a person, however many roles', () => {
    const counted = [approves('kim', 'operator', 'manager')];
    expect(tally(both, counted)).toEqual({ state: 'open', missing: ['manager'] });
  });

  it('lets somebody of two roles move to the other seat', () => {
    const counted = [approves('kim', 'operator', 'manager'), approves('dana', 'operator')];
    expect(tally(both, counted).state).toBe('approved');
  });

  it('wants as many people of a role as it says', () => {
    const two = ruleOf({ operator: 2 });
    expect(tally(two, [approves('dana', 'operator')]).missing).toEqual(['operator']);
    expect(tally(two, [approves('dana', 'operator'), approves('kim', 'operator')]).state).toBe(
      'approved',
    );
  });

  it('is overruled by one rejection', () => {
    const counted = [
      approves('dana', 'operator'),
      approves('max', 'manager'),
      rejects('kim', 'operator'),
    ];
    expect(tally(both, counted).state).toBe('rejected');
  });
});

const roles = fc.subarray(ROLES, { minLength: 1 });
const quorum = fc
  .dictionary(fc.constantFrom(...ROLES), fc.integer({ min: 1, max: 3 }), { minKeys: 1 })
  .map(ruleOf);
/** Different people, each of whom has approved once. */
const approvals = fc.uniqueArray(
  fc.tuple(fc.nat(9), roles).map(([n, has]) => approves(`person-${n}`, ...has)),
  { selector: ({ by }) => by, maxLength: 8 },
);

/** By trying every order of people: slow, and plainly right. */
function canSeat(seats: readonly string[], people: readonly CountedDecision[]): boolean {
  const [seat, ...rest] = seats;
  if (seat === undefined) return true;
  return people.some(
    (person) =>
      person.roles.includes(seat) &&
      canSeat(
        rest,
        people.filter((other) => other !== person),
      ),
  );
}

describe('any quorum', () => {
  it('is met exactly when every seat can have a different person of its role', () => {
    fc.assert(
      fc.property(quorum, approvals, (rule, counted) => {
        const seats = Object.entries(rule.quorum).flatMap(([role, n]) =>
          Array<string>(n).fill(role),
        );
        const { state, missing } = tally(rule, counted);
        expect(state).toBe(canSeat(seats, counted) ? 'approved' : 'open');
        expect(missing.length === 0).toBe(state === 'approved');
        expect(seats).toEqual(expect.arrayContaining([...missing]));
      }),
    );
  });

  it('does not mind the order of approvals', () => {
    const shuffled = approvals.chain((counted) =>
      fc.tuple(
        fc.constant(counted),
        fc.shuffledSubarray(counted, { minLength: counted.length, maxLength: counted.length }),
      ),
    );
    fc.assert(
      fc.property(quorum, shuffled, (rule, [one, other]) => {
        expect(tally(rule, other).state).toBe(tally(rule, one).state);
        expect(tally(rule, other).missing).toHaveLength(tally(rule, one).missing.length);
      }),
    );
  });

  it('is never undone by one more approval', () => {
    fc.assert(
      fc.property(quorum, approvals, roles, (rule, counted, has) => {
        const more = tally(rule, [...counted, approves('one more', ...has)]);
        if (tally(rule, counted).state === 'approved') expect(more.state).toBe('approved');
        expect(more.missing.length).toBeLessThanOrEqual(tally(rule, counted).missing.length);
      }),
    );
  });

  it('is always lost to a rejection, wherever it stands', () => {
    fc.assert(
      fc.property(quorum, approvals, fc.nat(8), (rule, counted, at) => {
        const all = [...counted.slice(0, at), rejects('no', 'operator'), ...counted.slice(at)];
        expect(tally(rule, all)).toEqual({ state: 'rejected', missing: [] });
      }),
    );
  });
});

const decision: Decision = {
  operationId: 'op-1',
  verdict: 'approve',
  planHash: PLAN,
  by: 'dana',
  reason: 'fine',
};
const dana: Identity = { id: 'dana', roles: ['operator'], verified: false };
const context = {
  operationId: 'op-1',
  site: 'shop.frappe.cloud',
  planHash: PLAN,
  requestedBy: 'ops',
  rule: ruleOf({ operator: 1 }),
  unsigned: 'allow',
  counted: [],
} as const;

describe('one decision', () => {
  it('counts when everything about it is right', () => {
    expect(judgeDecision(decision, dana, context)).toEqual({
      accepted: true,
      decision: { ...approves('dana', 'operator'), reason: 'fine' },
    });
  });

  it.each<[string, Partial<Decision>, Identity | null, Partial<typeof context> | object, RegExp]>([
    ['another operation', { operationId: 'op-2' }, dana, {}, /names operation op-2, this is op-1/],
    ['somebody unknown', {}, null, {}, /dana is not known/],
    ['an unsigned one', {}, dana, { unsigned: 'deny' }, /unsigned decisions do not count/],
    ['another plan', { planHash: 'old' }, dana, {}, /approves plan old, the plan now is the-plan/],
    ['another role', {}, { ...dana, roles: ['intern'] }, {}, /has none of the roles operator/],
    ['the requester', {}, dana, { requestedBy: 'dana' }, /nobody approves their own request/],
    [
      'an approval that does not name the site',
      { typedName: 'shop' },
      dana,
      { rule: { ...ruleOf({ operator: 1 }), typedName: true } },
      /has to name the site: shop.frappe.cloud/,
    ],
    [
      'an approval that is silent about what it has to acknowledge',
      { acknowledges: ['no-safety-copy'] },
      dana,
      { rule: { ...ruleOf({ operator: 1 }), acknowledge: ['no-safety-copy', 'downtime'] } },
      /has to acknowledge downtime$/,
    ],
    [
      'a second approval',
      {},
      dana,
      { counted: [approves('dana', 'operator')] },
      /has approved already/,
    ],
  ])('does not count: %s', (_, change, identity, given, reason) => {
    const judged = judgeDecision({ ...decision, ...change }, identity, { ...context, ...given });
    expect(judged).toMatchObject({ accepted: false });
    expect('reason' in judged && judged.reason).toMatch(reason);
  });

  it('counts unsigned where policy wants a signature, when it has one', () => {
    const signed = { ...dana, verified: true };
    expect(judgeDecision(decision, signed, { ...context, unsigned: 'deny' })).toMatchObject({
      accepted: true,
      decision: { verified: true },
    });
  });

  it('may be a rejection by the requester, or by somebody who has approved', () => {
    const rejection = { ...decision, verdict: 'reject' } as const;
    const own = { ...context, requestedBy: 'dana' };
    const after = { ...context, counted: [approves('dana', 'operator')] };
    expect(judgeDecision(rejection, dana, own)).toMatchObject({ accepted: true });
    expect(judgeDecision(rejection, dana, after)).toMatchObject({ accepted: true });
  });
});

describe('any sequence of decisions', () => {
  /** As the workflow does it: one after the other, each seeing those before. */
  const judgeAll = (rule: ApprovalRule, sent: readonly (readonly [Decision, Identity])[]) =>
    sent.reduce<readonly CountedDecision[]>((counted, [given, identity]) => {
      const judged = judgeDecision(given, identity, { ...context, rule, counted });
      return judged.accepted ? [...counted, judged.decision] : counted;
    }, []);

  const people = [0, 1, 2, 3].map((n) => `person-${n}`);
  const sent = fc.array(
    fc
      .record({ by: fc.constantFrom('ops', ...people), planHash: fc.constantFrom(PLAN, 'old') })
      .chain(({ by, planHash }) =>
        roles.map((has): readonly [Decision, Identity] => [
          { ...decision, by, planHash },
          { id: by, roles: has, verified: false },
        ]),
      ),
    { maxLength: 12 },
  );

  it('approves only by as many people as seats, none of them the requester', () => {
    fc.assert(
      fc.property(quorum, sent, (rule, all) => {
        const counted = judgeAll(rule, all);
        expect(counted.some(({ by, planHash }) => by === 'ops' || planHash !== PLAN)).toBe(false);
        expect(new Set(counted.map(({ by }) => by)).size).toBe(counted.length);
        const seats = Object.values(rule.quorum).reduce((sum, n) => sum + n, 0);
        if (tally(rule, counted).state === 'approved') {
          expect(counted.length).toBeGreaterThanOrEqual(seats);
        }
      }),
    );
  });
});
