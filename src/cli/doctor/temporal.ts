import type { Sitewright } from '../../client.js';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.js';
import type { Installation } from '../session.js';
import type { Finding } from './finding.js';

/** Version, address, namespace, and whether operations can be searched. */
export async function examineTemporal(
  { temporal }: Pick<Sitewright, 'temporal'>,
  { address }: Pick<Installation, 'address'>,
): Promise<readonly Finding[]> {
  const { namespace } = temporal.options;
  const { serverVersion } = await temporal.workflowService.getSystemInfo({});
  const server = `Temporal ${serverVersion} at ${address}, namespace ${namespace}`;
  const { customAttributes } = await temporal.connection.operatorService.listSearchAttributes({
    namespace,
  });
  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) {
    const message = `${server}, ${SEARCH_ATTRIBUTES.length} search attributes`;
    return [{ what: 'temporal', result: 'ok', message }];
  }
  const wanted = missing.map(({ name, type }) => `--name ${name} --type ${spelled(type)}`);
  return [
    {
      what: 'temporal',
      result: 'bad',
      message: `${server}, without the search attributes ${missing.map(({ name }) => name).join(', ')}`,
      hint: `temporal operator search-attribute create --namespace ${namespace} ${wanted.join(' ')}`,
    },
  ];
}

/** `KEYWORD_LIST` is `KeywordList` to the Temporal CLI. */
function spelled(type: string): string {
  return type
    .split('_')
    .map((word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`)
    .join('');
}
