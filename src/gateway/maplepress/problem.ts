import { type MaplePressError, MaplePressErrorCode } from '../../maplepress/index.js';
import type { ProblemAnswer } from '../problem.js';

/** What to answer for an error, and what to do about it. */
type Meaning = readonly [status: number, code: string, hint: string | null];

const REFUSED_LOGIN: Meaning = [
  502,
  'credentials_refused',
  'MaplePress refuses the login of this tenant: npx sitewright doctor',
];
const BAD_REQUEST: Meaning = [400, 'bad_request', null];

/** The errors that people can do something about. */
const MEANINGS: Readonly<Partial<Record<MaplePressErrorCode, Meaning>>> = {
  [MaplePressErrorCode.INVALID_PAGE_SIZE]: BAD_REQUEST,
  [MaplePressErrorCode.SITE_ID_REQUIRED]: BAD_REQUEST,
  [MaplePressErrorCode.INVALID_SITE_ID]: BAD_REQUEST,
  [MaplePressErrorCode.SITE_NOT_FOUND]: [
    404,
    'not_found',
    'what there is: npx sitewright maplepress sites',
  ],
  [MaplePressErrorCode.AUTHENTICATION_REQUIRED]: REFUSED_LOGIN,
  [MaplePressErrorCode.LOGIN_REFUSED]: REFUSED_LOGIN,
  [MaplePressErrorCode.REFUSED]: [422, 'refused', 'MaplePress does not allow it'],
  [MaplePressErrorCode.RATE_LIMITED]: [503, 'rate_limited', 'try again in a minute'],
  [MaplePressErrorCode.ABORTED]: [499, 'gone', 'the caller has gone'],
  [MaplePressErrorCode.TIMEOUT]: [504, 'maplepress_timeout', 'MaplePress is slow; try again'],
  [MaplePressErrorCode.BAD_ANSWER]: [
    502,
    'unexpected_answer',
    'MaplePress has changed an answer; this is for the makers of Sitewright',
  ],
};

const AWAY: Meaning = [
  502,
  'maplepress_unavailable',
  'MaplePress does not answer as it should; try again, or look at MAPLEPRESS_<TENANT>_URL of the gateway',
];

/** How an error of MaplePress is told to a caller; its message holds no secret. */
export function maplePressProblem({ code, endpoint, message }: MaplePressError): ProblemAnswer {
  const [status, problem, hint] = MEANINGS[code] ?? AWAY;
  const where = status >= 500 ? `${endpoint}: ` : '';
  return { status, problem: { code: problem, message: `${where}${message}`, hint } };
}
