import { createPressClock, type PressClock } from './clock.js';
import { me } from './endpoints/account.js';
import { createProbe, notProbed, type Probe } from './probe.js';
import { createSiteDoor, DEFAULT_TEMPLATE, type SiteDoor } from './site-door.js';
import { createStorage, type Storage } from './storage/storage.js';
import { createTransport, type CallOptions, type Timeouts, type Transport } from './transport.js';

export interface AccountConfig {
  /** Our alias; operations name it. */
  readonly name: string;
  readonly url: string;
  /** Name of the Press team (not its title). */
  readonly team: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Zone of the Press server; unknown: +330 is assumed until calibrated. */
  readonly timeZoneOffsetMinutes?: number;
  readonly requestsPerSecond?: number;
  readonly requestBurst?: number;
  readonly timeouts?: Timeouts;
  /**
   * Where a site answers a ping; its origin leads to the site, see {@link createSiteDoor}. Default
   * `https://{site}/api/method/ping`; null: never probe.
   */
  readonly siteProbe?: string | null;
}

/** One Press team and everything needed to speak to it. Holds no readable secret. */
export interface Account {
  readonly name: string;
  readonly team: string;
  readonly press: Transport;
  readonly clock: PressClock;
  readonly probe: Probe;
  /** The way to the sites themselves. */
  readonly door: SiteDoor;
  /** The object storage behind Press. */
  readonly storage: Storage;
}

/** No account of that name is configured. */
export class UnknownAccount extends Error {
  override readonly name = 'UnknownAccount';

  constructor(account: string, known: readonly string[]) {
    super(
      `unknown account "${account}"; configured: ${known.join(', ') || 'none'} ` +
        '(FRAPPE_CLOUD_<NAME>_… of workers and gateway, or `accounts` of their sitewright.config.yaml)',
    );
  }
}

export interface Accounts {
  /** @throws UnknownAccount */
  get(name: string): Account;
  all(): readonly Account[];
  /** Drops all connections. */
  close(): Promise<void>;
}

/** @throws TypeError when two accounts share a name or a url is not a bare origin */
export function createAccounts(configs: readonly AccountConfig[]): Accounts {
  const accounts = new Map<string, Account>();
  const closers: (() => Promise<void>)[] = [];
  for (const config of configs) {
    if (accounts.has(config.name)) throw new TypeError(`two accounts are named "${config.name}"`);
    const clock = createPressClock(config.timeZoneOffsetMinutes);
    const press = createTransport({ ...config, onServerTime: (time) => clock.observe(time) });
    const door = createSiteDoor(config.siteProbe ?? DEFAULT_TEMPLATE);
    const storage = createStorage(config.url);
    const probe = config.siteProbe === null ? notProbed : createProbe(door);
    closers.push(
      () => door.close(),
      () => storage.close(),
      () => press.close(),
    );
    const { name, team } = config;
    accounts.set(name, { name, team, press, clock, probe, door, storage });
  }
  return {
    get(name) {
      const account = accounts.get(name);
      if (!account) throw new UnknownAccount(name, [...accounts.keys()]);
      return account;
    },
    all: () => [...accounts.values()],
    async close() {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

export interface AccountCheck {
  readonly ok: boolean;
  /** The team Press acts as; null when the user has none. */
  readonly team: string | null;
  readonly user: string;
  readonly reason?: string;
}

/**
 * Whether Press acts as the team we mean. A team header that names a wrong team is silently
 * ignored (A 1.3), and a disabled team shows as null with status 200 (observed C12): this
 * comparison is the only defence.
 *
 * @throws PressError, `UNAUTHORIZED` when the key is wrong
 */
export async function checkAccount(account: Account, options?: CallOptions): Promise<AccountCheck> {
  const { user, team } = await me(account.press, options);
  if (team === account.team) return { ok: true, user, team };
  const reason =
    team === null
      ? `${user} acts for no team; is "${account.team}" disabled?`
      : `Press acts as team "${team}", not "${account.team}"`;
  return { ok: false, user, team, reason };
}
