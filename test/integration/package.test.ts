import { expect, it } from 'vitest';

/** As a program imports it that has the package installed. */
const load = (name: string) => import(name) as Promise<Readonly<Record<string, unknown>>>;

it.each([
  ['sitewright', 'connect'],
  ['sitewright/frappe-cloud', 'createAccounts'],
  ['sitewright/maplepress', 'createTenants'],
])('%s is imported by its name', async (name, member) => {
  expect((await load(name))[member]).toBeTypeOf('function');
});
