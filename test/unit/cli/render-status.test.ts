import { describe, expect, it } from 'vitest';
import { renderStatus } from '../../../src/cli/render/status.js';
import type { OperationStatus } from '../../../src/domain/status.js';
import { ago, planWith, statusWith, view } from './fixture.js';

const LINK = 'http://127.0.0.1:8233/namespaces/default/workflows/x';
const ON = 'acme-shop.example.com --operation 0f3a5c7e9b1d2f40';

const shown = (status: OperationStatus, lost: string | null = null) =>
  renderStatus({ status, result: null, lost }, view, LINK).join('\n');

describe('an operation that runs', () => {
  it('says for what it waits, since when and until when', () => {
    expect(shown(statusWith()))
      .toBe(`Provision acme-shop.example.com   RUNNING  since 12 s  (operation 0f3a5c7e9b1d2f40, requested by sales)
  plan          USD 100 · Version 15 · frappe, erpnext · Mumbai
  approval      needed: 2 operator (policy: provision on larger plans)

  ✓ preflight  0.4 s
  … create     step 4 of 7 Install Apps, job vgtuklgivk · for 12 s · until 22:40
  · verify

  cancel        npx sitewright cancel ${ON} --reason "…"
  watch         npx sitewright watch ${ON}
  history       npx sitewright ledger ${ON}
  look          ${LINK}`);
  });

  it('offers what an operator may choose meanwhile', () => {
    const text = shown(statusWith({ choices: ['give_up'] }));
    expect(text).toContain('give_up  leave this part out and go on with the rest');
    expect(text).toContain(`npx sitewright resolve ${ON} give_up --reason "…"`);
  });

  it('offers to cancel beside them, as long as there is a way back', () => {
    const said = 'cancel   end it, and undo what was done: archive the half-made site';
    const cancel = `npx sitewright cancel ${ON}`;
    const choices = ['give_up'] as const;
    const { material } = planWith({});
    const upTo = (pointOfNoReturn: string) =>
      planWith({ material: { ...material, pointOfNoReturn } });
    for (const plan of [planWith({}), upTo('verify')]) {
      const text = shown(statusWith({ choices, plan }));
      expect(text).toContain(said);
      expect(text).toContain(cancel);
    }
    expect(shown(statusWith({ choices, plan: upTo('create') }))).not.toContain('cancel');
    expect(shown(statusWith({ choices, state: 'needs_human' }))).not.toContain('cancel');
  });

  it.each([
    ['add-domain', 'wait no longer: it ends refused, and nothing was sent'],
    ['transfer', 'wait no longer: it ends abandoned, and the link that was mailed still works'],
    ['maplepress-register', 'wait no longer: the site stays registered, and pending'],
    ['maplepress-rotate-key', 'wait no longer: the new key stays, "not seen yet"'],
  ] as const)('tells what comes of giving up %s', (kind, means) => {
    expect(shown(statusWith({ kind, choices: ['give_up'] }))).toContain(`give_up  ${means}`);
  });

  it('tells in the queue who has the lock, for how long and until when', () => {
    const waiting = {
      what: `the lock, held by backup 77aa since ${ago(1_200)}`,
      since: ago(60),
      until: ago(-43_140),
    };
    expect(shown(statusWith({ state: 'queued', waiting }))).toContain(
      'waits for     the lock, held by backup 77aa since 21:40 · for 60 s · until 21 Nov 09:59',
    );
  });

  it('shows times as people read them, and names with a time in them as they are', () => {
    const steps = [
      { name: 'login link', state: 'done' as const, detail: `waits until ${ago(-600)}` },
    ];
    const details = { expires: ago(-600), run: `backup:all:nightly-${ago(600)}` };
    const text = shown(statusWith({ steps, details }));
    expect(text).toContain('✓ login link  waits until 22:10');
    expect(text).toContain('expires       22:10');
    expect(text).toContain(`nightly-${ago(600)}`);
  });

  it('tells who holds it, and how it goes on', () => {
    const waiting = { what: 'held by jane: lunch', since: ago(60) };
    const text = shown(statusWith({ state: 'held', waiting }));
    expect(text).toContain('waits for     held by jane: lunch · for 60 s');
    expect(text).toContain(`npx sitewright resume ${ON}`);
  });
});

describe('an operation that waits for approval', () => {
  const approval = {
    rule: planWith({}).approval ?? expect.fail('the fixture asks for approval'),
    counted: [
      {
        verdict: 'approve' as const,
        by: 'jane',
        roles: ['operator'],
        verified: false,
        planHash: '1',
      },
    ],
    missing: ['operator'],
    expiresAt: ago(-86_400),
    unsigned: 'allow' as const,
  };
  const text = shown(statusWith({ state: 'waiting_approval', approval, steps: [] }));

  it('shows what would be done, how it is undone and what is lost', () => {
    expect(text).toContain('WAITING FOR APPROVAL');
    expect(text).toContain('will do       1  create (undo: archive the half-made site)');
    expect(text).toContain('                2  verify');
    expect(text).toContain('can undo      until the end');
    expect(text).toContain('may lose      nothing');
    expect(text).toContain('! group: shared with others');
  });

  it('counts seats, names who agreed, and ends with the commands', () => {
    expect(text).toContain('1 of 2, missing: role operator, expires in 24 h (21 Nov 22:00;');
    expect(text).toContain('agreed        jane (UNVERIFIED)');
    expect(text).toContain(`npx sitewright approve ${ON} --reason "…"`);
    expect(text).toContain(`npx sitewright reject ${ON} --reason "…"`);
  });
});

describe('an operation that needs a person', () => {
  it('shows what happened, the evidence, and each choice with its command', () => {
    const text = shown(
      statusWith({
        state: 'needs_human',
        since: ago(840),
        choices: ['retry', 'roll_back', 'abandon'],
        problem: {
          type: 'TimedOut',
          step: 'create',
          message: 'no end in sight',
          evidence: { job: 'vgtuklgivk', output: 'Traceback:\n  boom' },
        },
      }),
    );
    expect(text).toContain('NEEDS A PERSON  since 14 min');
    expect(text).toContain('what happened create: no end in sight');
    expect(text).toContain('evidence      job     vgtuklgivk');
    expect(text).toContain('output  Traceback:');
    expect(text).toContain(
      'roll_back  undo what was done, newest first: archive the half-made site',
    );
    for (const choice of ['retry', 'roll_back', 'abandon']) {
      expect(text).toContain(`npx sitewright resolve ${ON} ${choice} --reason "…"`);
    }
  });

  it('is also one whose run Temporal has ended', () => {
    const text = shown(statusWith(), 'its run was terminated, without an outcome');
    expect(text).toContain('NEEDS A PERSON');
    expect(text).toContain('its run was terminated, without an outcome; before: running');
    expect(text).toContain('npx sitewright resolve acme-shop.example.com abandon --operation');
  });
});

describe('an operation that has ended', () => {
  it('says where the site is, and what was given up', () => {
    const status = statusWith({
      state: 'succeeded_with_exceptions',
      since: ago(180),
      waiting: null,
      exceptions: ['domain shop.example.com: its DNS does not point here'],
    });
    const { operationId, kind, site } = status;
    const result = {
      ...{ operationId, kind, site, exceptions: [] },
      outcome: 'succeeded_with_exceptions' as const,
      details: { address: 'https://acme-shop.example.com' },
    };
    const text = renderStatus({ status, result, lost: null }, view, null).join('\n');
    expect(text).toContain('SUCCEEDED WITH EXCEPTIONS  3 min ago');
    expect(text).toContain('address       https://acme-shop.example.com');
    expect(text).toContain('given up      domain shop.example.com: its DNS does not point here');
    expect(text).not.toContain('npx sitewright cancel');
    expect(text).not.toContain('look ');
  });

  it('lists what was undone', () => {
    const undone = [{ label: 'archive', result: 'undone' as const, message: 'the name is free' }];
    const text = shown(statusWith({ state: 'rolled_back', reason: 'create failed', undone }));
    expect(text).toContain('why           create failed');
    expect(text).toContain('undone        archive: undone, the name is free');
  });

  it('puts the check that stood in the way first', () => {
    const plan = planWith({
      refusal: 'preflight found what stands in the way',
      checks: [
        { name: 'name', result: 'pass', detail: 'it is free' },
        { name: 'plan', result: 'fail', detail: '"free" is not a plan; near: "USD 10"' },
      ],
    });
    const lines = shown(statusWith({ state: 'refused', reason: 'the sum of it', plan })).split(
      '\n',
    );
    expect(lines).toContain('  why           preflight found what stands in the way');
    expect(lines).toContain('  checks        ✗ plan: "free" is not a plan; near: "USD 10"');
    expect(lines).toContain('                ✓ name: it is free');
  });

  it('shows a plan with its approval', () => {
    const text = shown(statusWith({ state: 'planned' }));
    expect(text).toContain('PLANNED');
    expect(text).toContain('approval      needed: 2 operator (policy: provision on larger plans)');
  });
});
