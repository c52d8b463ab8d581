/** Something the person who runs the set-up has to settle; shown without a stack trace. */
export class SetupProblem extends Error {}

/** Prints lines with the seconds that have passed; the same with and without a terminal. */
export function createReporter(write = (line) => console.log(line)) {
  const start = Date.now();
  return (message) => {
    write(`[setup ${((Date.now() - start) / 1000).toFixed(1).padStart(5)} s] ${message}`);
  };
}
