import { z } from 'zod';
import type { JsonObject } from '../http/json.js';
import { type AccessToken, readAccessToken } from './access-token.js';
import { MaplePressErrorCode } from './errors.js';
import { parse } from './parse.js';

/** The one call without a token. */
export const LOGIN = {
  endpoint: 'POST /api/v1/login',
  method: 'POST',
  path: '/api/v1/login',
  effect: 'read',
  meanings: {
    400: MaplePressErrorCode.LOGIN_REFUSED,
    401: MaplePressErrorCode.LOGIN_REFUSED,
    403: MaplePressErrorCode.LOGIN_REFUSED,
    404: MaplePressErrorCode.LOGIN_REFUSED,
  },
} as const;

/** What goes into a header must have no blanks or line ends. */
const LoginSchema = z.object({ access_token: z.string().regex(/^[\w.~+/=-]+$/) });

/** @throws MaplePressError `BAD_ANSWER` */
export function readLogin(body: JsonObject, serverTime: number | null): AccessToken {
  return readAccessToken(parse(LOGIN.endpoint, LoginSchema, body).access_token, serverTime);
}
