import { userInfo } from 'node:os';
import { InvalidInput } from '../errors.js';

/** The rule of schemas/provision-site.ts for ids of people, which become search attributes. */
const PERSON_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/**
 * Who acts: `--by`, else SITEWRIGHT_USER, else the user of the machine, made fit to be an id. What
 * was named is not checked here.
 *
 * @throws InvalidInput when nobody is named and the machine does not know its user
 */
export function namedPerson(by: string | undefined, configured: string | undefined): string {
  return by ?? configured ?? machineUser();
}

/**
 * As {@link namedPerson}, for decisions: nothing else checks their author before they are sent.
 *
 * @throws InvalidInput when it is no id (an e-mail address is none)
 */
export function personFrom(by: string | undefined, configured: string | undefined): string {
  const named = namedPerson(by, configured);
  if (PERSON_ID.test(named)) return named;
  const message = `"${named}": only letters, digits and . _ : - (an id, no e-mail address)`;
  throw new InvalidInput([{ path: by === undefined ? 'SITEWRIGHT_USER' : '--by', message }]);
}

/** `DOMAIN\Jane Doe` becomes `DOMAIN-Jane-Doe`. */
export function asPersonId(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._:-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 64);
}

function machineUser(): string {
  const id = asPersonId(nameOfUser());
  if (id !== '') return id;
  const message = 'nobody knows who you are: give --by, or set SITEWRIGHT_USER';
  throw new InvalidInput([{ path: '--by', message }]);
}

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return '';
  }
}
