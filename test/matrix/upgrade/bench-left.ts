import type { Scene } from '../row.js';

/** What stands at Press of the group that was made: in words, nothing when it is gone. */
export function benchLeft({ harness, subdomain }: Scene): readonly string[] {
  const { groups, benches } = harness.simulator.estate();
  const ours = groups.filter(({ title }) => title.split('.archived')[0] === subdomain);
  return [
    ...ours.flatMap(({ enabled }) => (enabled ? ['a group for it'] : [])),
    ...benches.flatMap(({ group, status }) =>
      status !== 'Archived' && ours.some(({ name }) => name === group)
        ? [`a bench for it, ${status}`]
        : [],
    ),
  ];
}
