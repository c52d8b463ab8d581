import {
  type Account,
  type CallOptions,
  checkAccount,
  getSite,
  isSiteOfTeam,
  PressError,
  PressErrorCode,
} from '../../frappe-cloud/index.js';

/** `unknown`: our key sees no more of it, which has other reasons than another owner. */
export type Owner = 'us' | 'another team' | 'nobody' | 'unknown';

/**
 * Whose a site is, by one reading. A user who has lost a role is refused the document like an old owner,
 * and a key that acts as another team by now is told the very same (A 1.3, A 2.4, C 8.2): only what
 * asks for the team alone, by a key that still acts as ours, says that another team has it.
 */
export async function ownerOf(
  account: Account,
  site: string,
  options: CallOptions,
): Promise<Owner> {
  const found = await foundAs(account, site, options);
  if (found === 'own') return 'us';
  if (found === 'none') return 'nobody';
  if (await isSiteOfTeam(account.press, { site }, options)) return 'us';
  const isTold = found === 'foreign' && (await checkAccount(account, options)).ok;
  return isTold ? 'another team' : 'unknown';
}

async function foundAs(
  account: Account,
  site: string,
  options: CallOptions,
): Promise<'own' | 'foreign' | 'none' | 'denied'> {
  try {
    return (await getSite(account.press, { site }, options)).found;
  } catch (error) {
    if (error instanceof PressError && error.code === PressErrorCode.FORBIDDEN) return 'denied';
    throw error;
  }
}
