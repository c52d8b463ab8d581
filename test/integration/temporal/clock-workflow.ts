import { condition, defineQuery, defineSignal, setHandler, sleep } from '@temporalio/workflow';

/** Answers what time the workflow has it when the signal `tell` comes. */
export async function tellTime(): Promise<number> {
  let time: number | null = null;
  setHandler(defineSignal('tell'), () => {
    time = Date.now();
  });
  setHandler(defineQuery('time'), () => time);
  await condition(() => time !== null);
  await sleep(1);
  return time ?? 0;
}
