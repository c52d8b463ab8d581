import type { Estate } from '../../../simulators/press/index.js';
import type { Harness } from '../../support/harness.js';

/** The private group of Version 15 that the simulator begins with. */
export const OWN = {
  group: 'bench-0004',
  version: 'Version 15',
  apps: ['frappe', 'erpnext'],
} as const;
export const PUBLIC = { group: 'bench-0001', version: 'Version 15' } as const;

/** Nobody is asked: what approvals do is tested with provision. */
export const FREE = { upgrade: [{ name: 'all', when: {}, approval: 'none' }] } as const;

/** Groups of a title that are not deleted. */
export const titled = ({ simulator }: Harness, title: string): Estate['groups'] =>
  simulator.estate().groups.filter((group) => group.title === title && group.enabled);

/** Benches of a title's groups, deleted ones too, that are still there. */
export function benchesOf({ simulator }: Harness, title: string): Estate['benches'] {
  const { groups, benches } = simulator.estate();
  const ours = groups.filter((group) => group.title.startsWith(title)).map(({ name }) => name);
  return benches.filter(({ group, status }) => ours.includes(group) && status !== 'Archived');
}
