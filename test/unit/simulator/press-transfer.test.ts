import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Press, startPress } from './support/press-client.js';
import { recorded } from './support/recordings.js';

let press: Press;
let site: string;
/** Of two requests for the same site. */
let keys: string[];

const CONFIRM = 'press.api.site.confirm_site_transfer';

/** As a browser follows the link of the mail. */
async function follow(key: string | undefined, as: 'main' | 'other' | 'nopay' | null) {
  const path = `/api/method/${CONFIRM}?key=${key ?? ''}`;
  const { apiKey, apiSecret } = press.sim.accounts[as ?? 'main'];
  const authorization = `token ${apiKey}:${apiSecret}`;
  const answer = await fetch(`${press.sim.url}${path}`, {
    redirect: 'manual',
    headers: as === null ? {} : { authorization },
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text };
}

beforeAll(async () => {
  press = await startPress();
  site = await press.activeSite('fo-trade');
  for (const reason of ['first', 'second']) {
    await press.ask('press.api.site.send_change_team_request', {
      name: site,
      team_mail_id: 'ops@other.example',
      reason,
    });
  }
  keys = press.sim.estate().transfers.map(({ key }) => key);
});

afterAll(() => press.sim.close());

describe('the link of a site transfer', () => {
  it.each([
    ['r2-transfer-confirm-guest', null, 0],
    ['r2-transfer-confirm-wrong-team', 'nopay', 0],
    ['r2-transfer-confirm-bad-key', 'other', 9],
  ] as const)('%s: a page, as measured', async (file, as, index) => {
    const answer = await follow(keys[index] ?? 'nosuchkey', as);
    const { response } = recorded(file);
    expect(answer.status).toBe(response.status);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    const [, reason = ''] =
      /Not Permitted ([A-Z].*\.) Status/.exec(JSON.stringify(response.body)) ?? [];
    expect(answer.text).toContain(reason.replace('Not Permitted ', ''));
  });

  it('is for members only: the owner of a team alone is not enough', async () => {
    const { team, user } = press.sim.accounts.other;
    press.sim.setTeam(team, { members: [] });
    expect(await follow(keys[0], 'other')).toMatchObject({ status: 403 });
    press.sim.setTeam(team, { members: [user] });
    expect(press.sim.estate().sites[0]?.team).toBe(press.sim.accounts.main.team);
  });

  it('works once, though it is a GET, and then no key of the site does', async () => {
    const answer = await follow(keys[1], 'other');
    expect(answer.status).toBe(recorded('r2-transfer-confirm').response.status);
    expect(answer.headers.get('location')).toBe(`/dashboard/sites/${site}`);
    expect(press.sim.estate().sites[0]?.team).toBe(press.sim.accounts.other.team);
    for (const key of keys) {
      const { response } = recorded('r2-transfer-confirm-again');
      const again = await follow(key, 'other');
      expect(again.status).toBe(response.status);
      expect(JSON.parse(again.text)).toMatchObject({
        exception: String(response.body.exception).replace('bmju5l52si', 'main00team'),
      });
    }
  });

  it('moves the site and its own bill, and not what its apps cost', async () => {
    const app = await press.activeSite('fo-paying', { apps: ['frappe', 'insights'] });
    await press.ask('press.api.site.send_change_team_request', {
      name: app,
      team_mail_id: 'ops@other.example',
      reason: 'sold',
    });
    press.sim.confirmTransfer(app);
    const rows = press.sim.estate().subscriptions.filter((row) => row.site === app);
    expect(rows.map(({ app: of, team }) => [of, team])).toEqual([
      [null, press.sim.accounts.other.team],
      ['insights', press.sim.accounts.main.team],
    ]);
  });
});
