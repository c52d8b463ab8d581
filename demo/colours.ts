import picocolors from 'picocolors';

/** Colour only in a terminal, whatever else the environment says. */
const { createColors, isColorSupported } = picocolors;
export const pc = createColors(process.stdout.isTTY === true && isColorSupported);

/** How a state looks. */
export function colourOf(state: string): (text: string) => string {
  if (state.startsWith('succeeded')) return pc.green;
  if (['rolled_back', 'compensating', 'waiting_approval', 'needs_human'].includes(state)) {
    return pc.yellow;
  }
  return String;
}
