import { archiveBench } from '../benches/archive.js';
import type { DocMethod } from '../documents/doctype.js';
import { missing } from '../http/errors.js';
import { truthy } from '../json.js';
import { userOf } from './endpoint.js';

/** Dashboard methods of Bench that the world knows (A 2.8). */
export const benchMethods: Readonly<Record<string, DocMethod>> = {
  archive: {
    params: ['retry_new_bench'],
    mutates: true,
    run(context, name, args) {
      const bench = context.world.state.benches[name];
      if (bench === undefined) throw missing('Bench', name);
      const { user } = userOf(context);
      archiveBench(context.world, bench, user, truthy(args.retry_new_bench));
      return undefined;
    },
  },
};
