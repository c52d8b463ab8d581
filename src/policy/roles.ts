import { OPERATION_KINDS } from '../domain/operations.js';
import type { Path, Remark } from './finding.js';
import { didYouMean } from './issues.js';
import { isMap, listAt, mapAt, type RawMap, textsAt } from './raw.js';

interface NamedRole {
  readonly role: string;
  readonly path: Path;
  readonly ofKey?: boolean;
  /** How many different people it takes. */
  readonly seats: number;
}

/**
 * Roles that nobody has: wrong once somebody has a role at all; a note as long as the file names
 * nobody yet. More seats than people is a note too: people come and go.
 */
export function roleRemarks(given: RawMap): {
  readonly problems: readonly Remark[];
  readonly notes: readonly Remark[];
} {
  const people = mapAt(given, 'people');
  const rolesOf = (person: string) => textsAt(people, person).map(([, role]) => role);
  const known = [...new Set(Object.keys(people).flatMap(rolesOf))];
  const holders = (role: string) =>
    rolesOf('*').includes(role)
      ? Infinity
      : Object.keys(people).filter((person) => rolesOf(person).includes(role)).length;

  const problems: Remark[] = [];
  const notes: Remark[] = [];
  for (const { role, path, ofKey = false, seats } of namedRoles(given)) {
    const count = holders(role);
    if (count >= seats) continue;
    if (count > 0) {
      const message = `asks for ${seats} ${role}, and only ${count} of the people has that role`;
      notes.push({ path, ofKey, message });
    } else if (known.length > 0) {
      const hint = didYouMean(role, known);
      problems.push({ path, ofKey, message: `nobody has the role ${role}${hint}` });
    } else {
      notes.push({ path, ofKey, message: `nobody has the role ${role}: people names nobody` });
    }
  }
  return { problems, notes };
}

function namedRoles(given: RawMap): readonly NamedRole[] {
  const bypass = mapAt(mapAt(given, 'safetyCopy'), 'bypass')['approver'];
  return [
    ...OPERATION_KINDS.flatMap((kind) =>
      listAt(given, kind).flatMap((rule, index) => quorumOf(rule, [kind, index])),
    ),
    ...listed(given, 'resolvers', []),
    ...listAt(given, 'requesters').flatMap((entry, index) =>
      isMap(entry) ? listed(entry, 'roles', ['requesters', index]) : [],
    ),
    ...(typeof bypass === 'string'
      ? [{ role: bypass, path: ['safetyCopy', 'bypass', 'approver'], seats: 1 }]
      : []),
  ];
}

function quorumOf(rule: unknown, path: Path): readonly NamedRole[] {
  if (!isMap(rule)) return [];
  const quorum = mapAt(mapAt(rule, 'approval'), 'quorum');
  return Object.entries(quorum).map(([role, seats]) => ({
    role,
    path: [...path, 'approval', 'quorum', role],
    ofKey: true,
    seats: typeof seats === 'number' ? seats : 1,
  }));
}

function listed(given: RawMap, name: string, path: Path): readonly NamedRole[] {
  return textsAt(given, name).map(([index, role]) => ({
    role,
    path: [...path, name, index],
    seats: 1,
  }));
}
