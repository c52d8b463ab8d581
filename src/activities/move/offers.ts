import type { MigrationOptions, ServerOptions } from '../../frappe-cloud/index.js';

/** As many of a kind as a check can name. */
const MOST = 10;

/** Where Press offers to move a site, in words. */
export interface Offers {
  readonly groups: string;
  readonly servers: string;
  readonly regions: string;
}

/** Names with titles, and the servers of each group; "none" where there is nothing. */
export function offersOf(
  { groups, regions }: Pick<MigrationOptions, 'groups' | 'regions'>,
  servers: ServerOptions['servers'],
): Offers {
  return {
    groups: list(
      groups.map(({ name, title, servers: on }) =>
        named(name, title, on.length === 0 ? '' : `on ${on.map((each) => each.name).join(', ')}`),
      ),
    ),
    servers: list(servers.map(({ name, title }) => named(name, title))),
    regions: list(regions.map(({ name, title }) => named(name, title))),
  };
}

/** All of it, for somebody who has to choose. */
export const offersText = ({ groups, servers, regions }: Offers): string =>
  `bench groups: ${groups}; servers: ${servers}; regions: ${regions}`;

/** `bench-0042 (Acme, on f1-mumbai)`; a title that says nothing new is left out. */
function named(name: string, title?: string | null, more = ''): string {
  const said = [title === name ? '' : (title ?? ''), more].filter((part) => part !== '');
  return said.length === 0 ? name : `${name} (${said.join(', ')})`;
}

const list = (all: readonly string[]): string =>
  all.length === 0
    ? 'none'
    : [...all.slice(0, MOST), ...(all.length > MOST ? ['…'] : [])].join(', ');
