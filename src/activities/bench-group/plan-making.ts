import type { NewBench } from '../../domain/new-bench.js';
import type { PlanStep } from '../../domain/plan.js';
import type { UpgradePath } from '../../domain/site-changes.js';
import type { TimingProfile } from '../../domain/timing.js';
import type { Beginning } from '../maintenance.js';

/** What making a bench adds to the plan of an upgrade. */
export interface Making {
  readonly bench: NewBench;
  readonly steps: readonly PlanStep[];
  readonly says: string;
  readonly mayLose: readonly string[];
  readonly resources: readonly string[];
  /** How long before the site is touched the operation begins. */
  readonly leadMs: number;
  /** Usual duration. */
  readonly seconds: number;
}

/** Image, queue and bench. */
const BUILD_SECONDS = 30 * 60;
const UNDO = 'drop the new bench group';

/** Null where no bench is made. */
export function makingOf(
  { path, newBench }: { readonly path: UpgradePath; readonly newBench?: NewBench },
  { benchRoom: roomMs, benchMargin: marginMs }: TimingProfile,
): Making | null {
  if (newBench === undefined) return null;
  const both = {
    says: `a new bench "${newBench.title}"`,
    // Two operations must not make groups of one title: Press would let them (observed-2 1.7).
    resources: [`title:${newBench.title}`],
  };
  if (path === 'new_bench_by_press') {
    return {
      ...both,
      bench: { ...newBench, lead: { roomMs, marginMs } },
      steps: [{ name: 'order bench', undo: `${UNDO}, which withdraws the upgrade` }],
      mayLose: ['what is written between the copy and the upgrade, if the copy is needed'],
      leadMs: roomMs,
      seconds: Math.round(roomMs / 1_000),
    };
  }
  const apps = newBench.apps.length > 0 ? [{ name: 'add apps' }] : [];
  const custom = newBench.customApps.map(({ app }) => ({ name: `add app ${app}` }));
  return {
    ...both,
    bench: newBench,
    steps: [
      { name: 'new group', undo: UNDO },
      ...apps,
      ...custom,
      { name: 'build bench' },
      { name: 'add server' },
    ],
    mayLose: [],
    leadMs: 0,
    seconds: BUILD_SECONDS,
  };
}

/** Begins in time for what has to be ready by then. */
export function startsEarlier(begins: Beginning, leadMs: number): Beginning {
  if (leadMs === 0) return begins;
  const { notBefore } = begins;
  const minutes = Math.round(leadMs / 60_000);
  const detail = `${begins.check.detail}; Press upgrades the site ${minutes} min after the bench is ordered`;
  return {
    check: { ...begins.check, detail },
    ...(notBefore !== undefined && {
      notBefore: new Date(Date.parse(notBefore) - leadMs).toISOString(),
    }),
  };
}
