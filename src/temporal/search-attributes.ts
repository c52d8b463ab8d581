import type { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes.js';

/** temporal.api.enums.v1.IndexedValueType; the SDK's copy lives in a package we do not depend on. */
const indexedValueType = { KEYWORD: 2, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 } as const;

/**
 * Registers the search attributes that a namespace lacks, and returns their names. Repeating it is
 * harmless. (The dev server's `--search-attribute` covers only namespaces it creates just then.)
 *
 * @throws SearchAttributeConflict when one exists with another type.
 */
export async function ensureSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const wrong = SEARCH_ATTRIBUTES.filter(
    ({ name, type }) =>
      (customAttributes[name] ?? indexedValueType[type]) !== indexedValueType[type],
  );
  if (wrong.length > 0) {
    throw new SearchAttributeConflict(
      namespace,
      wrong.map(({ name, type }) => `${name} (should be ${type})`),
    );
  }

  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => customAttributes[name] === undefined);
  if (missing.length > 0) {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(
        missing.map(({ name, type }) => [name, indexedValueType[type]]),
      ),
    });
  }
  return missing.map(({ name }) => name);
}

/** Search attributes of our names exist with other types; somebody has to choose a namespace. */
export class SearchAttributeConflict extends Error {
  override readonly name = 'SearchAttributeConflict';

  constructor(namespace: string, attributes: string[]) {
    super(`namespace ${namespace} has search attributes of other types: ${attributes.join(', ')}`);
  }
}
