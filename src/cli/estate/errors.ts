/** Nobody has told where a gateway is. */
export class GatewayUnknown extends Error {
  override readonly name = 'GatewayUnknown';
  readonly hint = HOW_TO_REACH;

  constructor() {
    super('no gateway is known: sites, jobs and bills are read through one');
  }
}

export const HOW_TO_REACH =
  'start the local stack with `npm start`, or set SITEWRIGHT_GATEWAY_URL and SITEWRIGHT_GATEWAY_TOKEN (or _TOKEN_FILE)';

/** The error names decide about exit codes: `cli/errors.ts`. */
const NAMES: Readonly<Record<number, string>> = {
  400: 'GatewayBadRequest',
  401: 'GatewayUnauthorized',
  403: 'GatewayRefused',
  404: 'GatewayNotFound',
  422: 'GatewayRefused',
  500: 'GatewayDefect',
};

/** The gateway has answered with an error. */
export class GatewayAnswer extends Error {
  override readonly name: string;
  readonly hint: string | null;

  constructor(status: number, message: string, hint: string | null) {
    super(message);
    this.name = NAMES[status] ?? 'GatewayFailed';
    this.hint = hint;
  }
}
