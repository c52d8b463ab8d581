import { SECOND, type Press } from './press-client.js';
import { rowsOf } from './orders.js';
import { recordedSteps } from './recordings.js';

/** What each tracker of an order showed, one after the other, repeats left out. */
export type Story = Record<(typeof TRACKERS)[number][0], string[]>;

const status = (body: unknown): string => (body as { status: string }).status;
const firstStatus = (body: unknown): string => {
  const [row] = body as { status: string }[];
  return row?.status ?? 'none';
};
const deployFlags = (body: unknown): string => {
  const { update_available: update, deploy_in_progress: busy } = body as Record<string, boolean>;
  return `update ${update ? 'available' : 'none'}${busy ? ', deploying' : ''}`;
};

/** Tracker, beginning of its label in the recordings, and what of the answer tells the story. */
const TRACKERS = [
  ['order', 'get_list Site Group Deploy', firstStatus],
  ['build', 'get_list Deploy Candidate Build', firstStatus],
  ['queue', 'get_list New Bench Queue', firstStatus],
  ['bench', 'get_list Bench', firstStatus],
  ['group', 'client.get Release Group', status],
  ['information', 'deploy_information', deployFlags],
] as const;

/** Shorter than the server's own ticks, so that few states are missed. */
const POLL_S = 1;
const LONGEST_WATCH_S = 100;

const emptyStory = (): Story => ({
  order: [],
  build: [],
  queue: [],
  bench: [],
  group: [],
  information: [],
});

function tell(story: string[], chapter: string): void {
  if (story.at(-1) !== chapter) story.push(chapter);
}

export function recordedStory(file: string): Story {
  const story = emptyStory();
  for (const { label = '', response } of recordedSteps(file)) {
    const tracker = TRACKERS.find(([, start]) => label.startsWith(start));
    if (tracker === undefined) continue;
    const [name, , read] = tracker;
    tell(story[name], read(response.body.message));
  }
  return story;
}

/** Polls an order as the recordings did, until it has come to its end. */
export async function watchOrder(
  press: Press,
  { order, group }: { order: string; group: string },
): Promise<Story> {
  const story = emptyStory();
  for (let waited = 0; waited < LONGEST_WATCH_S; waited += POLL_S) {
    const answers = {
      order: await rowsOf(press, 'Site Group Deploy', ['status'], { name: order }),
      build: await rowsOf(press, 'Deploy Candidate Build', ['status'], { group }),
      queue: await rowsOf(press, 'New Bench Queue', ['status'], { group }),
      bench: await rowsOf(press, 'Bench', ['status'], { group }),
      group: await press.ask('press.api.client.get', { doctype: 'Release Group', name: group }),
      information: await press.ask('press.api.bench.deploy_information', { name: group }),
    };
    for (const [name, , read] of TRACKERS) tell(story[name], read(answers[name]));
    press.sim.clock.advance(POLL_S * SECOND);
  }
  return story;
}

/**
 * Trackers whose recorded story is not ours with some chapters missed: states between polls are
 * lost (observed 4). A tracker the recording did not look at says nothing.
 */
export function contradictions(theirs: Story, ours: Story): object[] {
  return TRACKERS.map(([tracker]) => ({ tracker, theirs: theirs[tracker], ours: ours[tracker] }))
    .filter((told) => told.theirs.length > 0)
    .filter((told) => !isToldBy(told.theirs, told.ours));
}

function isToldBy(theirs: readonly string[], ours: readonly string[]): boolean {
  let at = 0;
  for (const chapter of ours) if (chapter === theirs[at]) at += 1;
  return at === theirs.length && theirs.at(-1) === ours.at(-1);
}
