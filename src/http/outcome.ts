/**
 * Whether a request had an effect, as far as its end tells. `no`: certainly not. `yes`: the provider
 * itself answered. `maybe`: the outcome is unknown.
 */
export type Sent = 'no' | 'yes' | 'maybe';

/** Longest message of an error, in characters: it travels through history and user interfaces. */
export const MESSAGE_LIMIT = 500;
