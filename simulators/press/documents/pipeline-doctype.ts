import { pipelineMethods } from '../api/pipeline-methods.js';
import type { Doctype } from './doctype.js';
import { owned } from './owned.js';
import { pipelineSteps } from './pipeline-view.js';

const pipelineBase = owned({
  doctype: 'Release Pipeline',
  fields: ['release_group', 'status', 'team'],
  rows: (world) => Object.values(world.state.pipelines),
  team: (_world, row) => row.team,
  columns: (_world, { group, status, team }) => ({ release_group: group, status, team }),
});

export const pipelineDoctype: Doctype = {
  ...pipelineBase,
  get(context, name) {
    const columns = pipelineBase.get(context, name);
    const pipeline = context.world.state.pipelines[name];
    if (pipeline === undefined) return columns;
    return { ...columns, steps: pipelineSteps(context.world, pipeline) };
  },
  methods: pipelineMethods,
};
