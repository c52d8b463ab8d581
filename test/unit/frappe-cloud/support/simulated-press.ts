import { onTestFinished } from 'vitest';
import { type PressSimulator, startPressSimulator } from '../../../../simulators/press/index.js';
import { type Account, createAccounts } from '../../../../src/frappe-cloud/index.js';

/** A simulated Press and an account there; both are gone when the test ends. */
export async function simulatedPress(): Promise<{ sim: PressSimulator; account: Account }> {
  // The clock stands still: nothing happens between two calls unless a test says so.
  const sim = await startPressSimulator({ speed: 0, startAt: new Date('2026-11-20T12:00:00Z') });
  const { team, apiKey, apiSecret } = sim.accounts.main;
  const accounts = createAccounts([
    {
      name: 'main',
      url: sim.url,
      team,
      apiKey,
      apiSecret,
      requestsPerSecond: 1000,
      timeouts: { readMs: 1_000, commandMs: 1_000 },
      siteProbe: `${sim.url}/api/method/ping`,
    },
  ]);
  onTestFinished(async () => {
    await accounts.close();
    await sim.close();
  });
  return { sim, account: accounts.get('main') };
}
