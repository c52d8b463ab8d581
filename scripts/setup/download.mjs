import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A closed network often drops packets instead of refusing them: give up soon. */
const answerWithinMs = 5_000;
const silentForMs = 30_000;
const reportEveryMs = 3_000;
const megabyte = 1_000_000;

/** Streams a URL into a file, reporting how far it is every three seconds. */
export async function download(url, file, report) {
  const giveUp = new AbortController();
  const watchdog = (ms) => setTimeout(() => giveUp.abort(new Error(`silent for ${ms} ms`)), ms);
  let timer = watchdog(answerWithinMs);
  try {
    const response = await fetch(url, { signal: giveUp.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    let received = 0;
    let reported = Date.now();
    const count = new Transform({
      transform(chunk, _encoding, done) {
        clearTimeout(timer);
        timer = watchdog(silentForMs);
        received += chunk.length;
        if (Date.now() - reported > reportEveryMs) {
          reported = Date.now();
          report(progress(received, total));
        }
        done(null, chunk);
      },
    });
    const body = Readable.fromWeb(response.body);
    await pipeline(body, count, createWriteStream(file), { signal: giveUp.signal });
  } catch (error) {
    throw new Error(`${new URL(url).host} could not be reached: ${reason(error)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function progress(received, total) {
  const done = `${Math.round(received / megabyte)} MB`;
  if (!total) return done;
  const percent = Math.round((received / total) * 100);
  return `${done} of ${Math.round(total / megabyte)} MB (${percent} %)`;
}

function reason(error) {
  return error.cause?.code ?? error.cause?.message ?? error.message;
}
