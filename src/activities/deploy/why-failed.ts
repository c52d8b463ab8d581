import type { Evidence } from '../../domain/trackers.js';
import { type Account, deployFailureReason } from '../../frappe-cloud/index.js';
import { type Deploy, whyNoBench } from '../provision/bench-progress.js';

type Failed =
  | { readonly pipeline: string }
  | { readonly group: string; readonly deploy: Deploy; readonly missing: readonly string[] };

/** Why a deploy came to nothing, for a person; the reason of a check is only in a notification. */
export async function whyDeployFailed(account: Account, failed: Failed): Promise<Evidence> {
  if ('pipeline' in failed) {
    const output = await deployFailureReason(account.press, failed);
    return { output: output ?? 'Press does not say why' };
  }
  const { group, deploy, missing } = failed;
  const [build] = deploy.builds;
  if (build?.status === 'Failure') {
    const reason = await deployFailureReason(account.press, { build: build.name });
    const said = [reason, build.build_error].filter(Boolean).join('\n') || 'Press does not say why';
    return { step: 'build image', output: `build ${build.name} failed: ${said}` };
  }
  const why = whyMissing(deploy, missing);
  const { output, ...rest } = await whyNoBench(account, group, deploy.builds);
  const isBroken = deploy.benches.some(({ status }) => status === 'Broken');
  return isBroken && output !== undefined
    ? { ...rest, output: `${why}: ${output}` }
    : { step: 'queue bench', output: why };
}

/** What never ends by itself (C 3.6, observed 4). */
function whyMissing({ queue, benches }: Deploy, missing: readonly string[]): string {
  const broken = benches.filter(({ status }) => status === 'Broken').map(({ name }) => name);
  if (broken.length > 0) return `bench ${broken.join(', ')} is Broken`;
  const where = missing.length > 0 ? ` on ${missing.join(', ')}` : '';
  return queue[0]?.status === 'Failure'
    ? `Press could not make a bench of the image${where}`
    : `no bench of the image comes${where}`;
}
