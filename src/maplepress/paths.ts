import { MaplePressErrorCode } from './errors.js';

export const SITES = '/api/v1/sites';

/** The path of one site as errors and logs name it. */
export const SITE = `${SITES}/{id}`;

/** What a 404 about one site means. */
export const NO_SUCH_SITE = { 404: MaplePressErrorCode.SITE_NOT_FOUND } as const;
