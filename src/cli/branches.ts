import { InvalidInput } from '../errors.js';

/** `--branch app=branch`, as often as given, as a member of an input. @throws InvalidInput */
export function branchesOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(given.map(appAndBranch));
}

function appAndBranch(text: string): readonly [string, string] {
  const [app = '', ...rest] = text.split('=');
  const branch = rest.join('=');
  if (app !== '' && branch !== '') return [app, branch];
  throw new InvalidInput([{ path: 'branches', message: `"${text}": write it as app=branch` }]);
}
