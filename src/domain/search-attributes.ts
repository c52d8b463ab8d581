/**
 * The search attributes every operation carries (D 4), as plain data: workflows set them, the
 * embedded server and the production set-up register them. Types as the SDK spells them.
 *
 * None of them may hold anything sensitive: search attributes are stored in clear (D 7).
 */
export const SEARCH_ATTRIBUTES = [
  { name: 'Site', type: 'KEYWORD' },
  { name: 'Account', type: 'KEYWORD' },
  { name: 'Operation', type: 'KEYWORD' },
  { name: 'OperationStatus', type: 'KEYWORD' },
  { name: 'OperationId', type: 'KEYWORD' },
  /** An id of a person or service, never an e-mail address. */
  { name: 'RequestedBy', type: 'KEYWORD' },
  /** The roles somebody of which has to act. */
  { name: 'WaitingFor', type: 'KEYWORD_LIST' },
  { name: 'StatusSince', type: 'DATETIME' },
  { name: 'NeedsAttention', type: 'BOOL' },
] as const;
