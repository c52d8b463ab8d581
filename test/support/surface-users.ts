import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SurfaceRow } from '../../src/frappe-cloud/surface/row.js';
import { READS } from '../../src/gateway/reads/index.js';
import type { Users } from './surface-page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const IMPORTS = /^import \{([^}]*)\} from '[./]*\/frappe-cloud\/index\.js';/gm;

interface Source {
  /** Under the folder that was asked for. */
  readonly file: string;
  readonly text: string;
}

/** Who calls the function of a row, from what the sources import. */
export function usersOfRows(): (row: SurfaceRow) => Users {
  const operations = new Map<string, Set<string>>();
  for (const { file, text } of sourcesIn('src/activities')) {
    const [first = '', ...deeper] = file.split(path.sep);
    const area = deeper.length > 0 ? first : 'every kind';
    for (const name of importedBy(text)) {
      operations.set(name, (operations.get(name) ?? new Set()).add(area));
    }
  }
  const screens = new Set(
    sourcesIn('src/gateway')
      .filter(({ file }) => !file.startsWith('reads'))
      .flatMap(({ text }) => importedBy(text)),
  );
  return ({ endpoint, reach }) => ({
    operations: 'call' in reach ? [...(operations.get(reach.call) ?? [])].sort() : [],
    gateway: 'call' in reach && screens.has(reach.call),
    read: READS.has(endpoint),
  });
}

/** Names of the client that a source imports; of `addDomain as add` the first. */
function importedBy(text: string): readonly string[] {
  const names = [...text.matchAll(IMPORTS)].flatMap(([, list = '']) => list.split(','));
  return names.map((each) => each.trim().split(' ')[0] ?? '');
}

function sourcesIn(folder: string): readonly Source[] {
  const place = path.join(root, folder);
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(path.join(place, file), 'utf8') }));
}
