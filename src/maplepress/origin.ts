/** This machine, or a name without a dot, as containers have on a network of their own. */
const NEAR = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|[a-z0-9-]+)$/i;

/**
 * The origin of MaplePress. Keys and passwords travel there, so it must be https unless it is near.
 *
 * @throws TypeError
 */
export function originOf(url: string): string {
  const { protocol, origin, hostname, pathname, search, hash, username } = new URL(url);
  const isBare = pathname === '/' && search === '' && hash === '' && username === '';
  if (!/^https?:$/.test(protocol) || !isBare) {
    throw new TypeError('the MaplePress url must be a bare http(s) origin');
  }
  if (protocol === 'http:' && !NEAR.test(hostname)) {
    throw new TypeError('the MaplePress url must be https: API keys travel over it');
  }
  return origin;
}
