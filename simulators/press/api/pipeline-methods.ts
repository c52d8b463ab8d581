import { failBuild } from '../benches/builds.js';
import { buildsOfPipeline } from '../benches/pipeline-progress.js';
import { failPipeline } from '../benches/pipelines.js';
import { isUnfinished } from '../benches/status.js';
import type { DocMethod } from '../documents/doctype.js';
import { missing } from '../http/errors.js';

/** Dashboard methods of Release Pipeline (C 3.5). */
export const pipelineMethods: Readonly<Record<string, DocMethod>> = {
  /** Of one that has failed already: nothing, and no error. */
  force_fail: {
    params: [],
    mutates: true,
    run({ world }, name) {
      const pipeline = world.state.pipelines[name];
      if (pipeline === undefined) throw missing('Release Pipeline', name);
      for (const build of buildsOfPipeline(world, pipeline)) {
        if (isUnfinished(build)) failBuild(world, build, 'Stopped by the user');
      }
      failPipeline(world, pipeline);
      world.effect('pipeline.fail', name);
      return undefined;
    },
  },
};
