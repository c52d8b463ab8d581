import type { Diagnosis } from '../../activities/diagnose.js';
import type { Sitewright } from '../../client.js';
import { QUEUES } from '../../domain/queues.js';
import { Unreachable } from '../../errors.js';
import { pollersOf } from '../../temporal/worker-health.js';
import type { Finding } from './finding.js';
import { tenantFindings } from './tenants.js';

const START_ONE = 'start one: node dist/src/worker.js (or the whole local stack: npm start)';

/** Who polls, and what a worker sees: only workers hold the keys of accounts (D 7). */
export async function examineWorkers(
  client: Sitewright,
): Promise<{ readonly findings: readonly Finding[]; readonly diagnosis: Diagnosis | null }> {
  const counts = await Promise.all(
    Object.values(QUEUES).map(async (queue) => ({
      queue,
      pollers: (await pollersOf(client.temporal, queue)).length,
    })),
  );
  const idle = counts.filter(({ pollers }) => pollers === 0);
  const told = counts.map(({ queue, pollers }) => `${queue} ${pollers}`).join(', ');
  const polling: Finding =
    idle.length === 0
      ? { what: 'workers', result: 'ok', message: `workers polling: ${told}` }
      : { what: 'workers', result: 'bad', message: `workers missing: ${told}`, hint: START_ONE };
  try {
    const diagnosis = await client.diagnose();
    const policy: Finding = {
      what: 'workers',
      result: 'ok',
      message: `policy ${diagnosis.policyVersion}`,
    };
    return {
      findings: [polling, policy, ...accountFindings(diagnosis), ...tenantFindings(diagnosis)],
      diagnosis,
    };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const message = 'no worker answers, so that accounts cannot be checked';
    return {
      findings: [polling, { what: 'workers', result: 'bad', message, hint: START_ONE }],
      diagnosis: null,
    };
  }
}

function accountFindings({ accounts }: Diagnosis): readonly Finding[] {
  if (accounts.length === 0) {
    const hint = 'set FRAPPE_CLOUD_MAIN_TEAM, _KEY and _SECRET for the worker';
    return [{ what: 'account', result: 'bad', message: 'no account is configured', hint }];
  }
  return accounts.map(({ name, ok, team, expectedTeam, user, reason }): Finding => {
    if (ok) {
      const message = `account ${name}: team ${expectedTeam}${user === null ? '' : `, as ${user}`}`;
      return { what: 'account', result: 'ok', message };
    }
    const prefix = `FRAPPE_CLOUD_${name.toUpperCase()}`;
    const otherTeam = team !== null && team !== expectedTeam;
    return {
      what: 'account',
      result: 'bad',
      message: `account ${name}: ${reason ?? 'Press does not know the key'}`,
      hint: otherTeam
        ? `set ${prefix}_TEAM=${team}, or use a key of team ${expectedTeam}`
        : `look at ${prefix}_URL, _KEY and _SECRET of the worker`,
    };
  });
}
