import type { AccessToken } from './access-token.js';

/** A token is renewed so long before its end: a call must not outlive it on its way. */
const RENEW_BEFORE_MS = 60_000;
/** Of a short life only this part is given away, or every call would log in. */
const RENEW_BEFORE_PART = 0.2;

/** The token of one tenant, shared by all of its calls. */
export interface Tokens {
  /**
   * A token with some life left; logs in when there is none.
   *
   * @throws whatever the login throws, to everybody who waits for it
   */
  current(): Promise<string>;
  /**
   * A token in the place of one that was refused with 401. Logs in once, however many calls were
   * refused; who comes late gets the token that is there already.
   */
  renewed(refused: string): Promise<string>;
}

interface Held {
  readonly value: string;
  /** Ms on the clock `now`. */
  readonly renewAt: number;
}

/** @param now ms on any clock that only goes forward */
export function createTokens(
  login: () => Promise<AccessToken>,
  now: () => number = () => performance.now(),
): Tokens {
  let held: Held | undefined;
  let pending: Promise<string> | undefined;

  async function logIn(): Promise<string> {
    const askedAt = now();
    const { value, lifetimeMs } = await login();
    const margin = Math.min(RENEW_BEFORE_MS, (lifetimeMs ?? 0) * RENEW_BEFORE_PART);
    held = { value, renewAt: lifetimeMs === null ? Infinity : askedAt + lifetimeMs - margin };
    return value;
  }

  function shared(): Promise<string> {
    pending ??= logIn().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  return {
    async current() {
      return held !== undefined && now() < held.renewAt ? held.value : shared();
    },
    async renewed(refused) {
      if (held?.value === refused) held = undefined;
      return held === undefined || now() >= held.renewAt ? shared() : held.value;
    },
  };
}
