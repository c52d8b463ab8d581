import { condition, defineQuery, defineSignal, setHandler, sleep } from '@temporalio/workflow';

/** Answers what time the workflow has it when the signal `tell` comes. */
export async function tellTime(): Promise<number> {
  let time: number | null = null;
  setHandler(defineSignal('tell'), () => {
    time = Date.now();
  });
  setHandler(defineQuery('time'), () => time);
  await condition(() => time !== null);
  // A run that ended here would be forgotten, and built up anew: it would not show what it saw.
  await sleep(1);
  return time ?? 0;
}
