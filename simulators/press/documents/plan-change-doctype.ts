import { type CallContext, teamOf } from '../api/endpoint.js';
import { missing } from '../http/errors.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { ACCESS, baseColumns, type Columns, type Doctype } from './doctype.js';

/** The plans a site has had; its first one is told by the site itself. */
function changesOf(world: World, site: SiteRow): Columns[] {
  const changes = world.state.planChanges.filter((row) => row.site === site.name);
  const price = (plan: string): number => world.state.plans[plan]?.priceUsd ?? 0;
  const first = baseColumns(world, { ...site, name: site.creation.toString(32).slice(-10) });
  return [
    {
      ...first,
      site: site.name,
      from_plan: '',
      to_plan: changes[0]?.fromPlan ?? site.plan,
      type: 'Initial Plan',
    },
    ...changes.map((row) => ({
      ...baseColumns(world, row),
      site: site.name,
      from_plan: row.fromPlan,
      to_plan: row.toPlan,
      type: price(row.toPlan) < price(row.fromPlan) ? 'Downgrade' : 'Upgrade',
    })),
  ];
}

const ownChanges = (context: CallContext): Columns[] =>
  Object.values(context.world.state.sites)
    .filter(({ team }) => team === teamOf(context).name)
    .flatMap((site) => changesOf(context.world, site));

const find = (context: CallContext, name: string): Columns | undefined =>
  ownChanges(context).find((row) => row.name === name);

/** Site Plan Change (C 6.4). */
export const planChangeDoctype: Doctype = {
  fields: ['site', 'from_plan', 'to_plan', 'type'],
  list: ownChanges,
  exists: (context, name) => find(context, name) !== undefined,
  owns: () => true,
  get(context, name) {
    const row = find(context, name);
    if (row === undefined) throw missing('Site Plan Change', name);
    return { doctype: 'Site Plan Change', ...row, ...ACCESS };
  },
};
