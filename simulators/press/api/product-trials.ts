import { crash, PressError, refuse } from '../http/errors.js';
import { text } from '../json.js';
import { type Endpoint, type Endpoints, Page } from './endpoint.js';

/** Longer than this a trial's name must be (A 8). */
const TOO_SHORT = 4;

const refuses = (error: () => PressError, rest: Partial<Endpoint> = {}): Endpoint => ({
  ...rest,
  run() {
    throw error();
  },
});

/** Keys travel by mail, and nobody here has one. */
const wantsKey: Endpoint = {
  guest: true,
  requires: ['key'],
  run(_context, params) {
    const unknown = `Account Request {'request_key': '${text(params.key)}'} not found`;
    throw new PressError('ValidationError', 'Invalid or Expired Key', { earlier: [unknown] });
  },
};

/** Of subscriptions of apps; the apps have them, no client. */
const wantsSecret = refuses(
  () => new PressError('InvalidSecretKeyError', 'Please provide a valid secret key.'),
  { guest: true },
);

const saas = (name: string): string => `press.api.saas.${name}`;
const developer = (name: string): string => `press.api.developer.${name}`;

const SECRET_METHODS = [
  'saas.get_subscription_status',
  'saas.get_plan_config',
  'saas.get_subscription_info',
  'saas.get_trial_expiry',
  'marketplace.get_subscription_status',
  'marketplace.get_subscription_info',
  'marketplace.get_subscription',
  'marketplace.update_billing_info',
  'marketplace.get_publishable_key_and_setup_intent',
  'marketplace.setup_intent_success',
  'marketplace.change_site_plan',
  'marketplace.send_login_link',
];

/** Sign-ups for Frappe's own products, and what installed apps ask (A 8). */
export const productTrialEndpoints: Endpoints = {
  [saas('check_subdomain_availability')]: {
    guest: true,
    requires: ['subdomain', 'app'],
    run({ world }, params) {
      const subdomain = text(params.subdomain);
      const taken = Object.values(world.state.sites).some((site) => site.subdomain === subdomain);
      return subdomain.length > TOO_SHORT && !taken;
    },
  },
  [saas('account_request')]: refuses(
    () => crash('TypeError', 'can only concatenate str (not "NoneType") to str'),
    { guest: true },
  ),
  [saas('new_saas_site')]: refuses(
    () => new PressError('PermissionError', '', { userMessage: false }),
  ),
  [saas('setup_account')]: wantsKey,
  [saas('headless_setup_account')]: wantsKey,
  [saas('get_site_status')]: wantsKey,
  [saas('get_site_url_and_sid')]: wantsKey,
  [developer('saas.ping')]: { guest: true, run: () => 'pong' },
  [developer('saas.send_verification_code')]: refuses(
    () => refuse('Only SaaS sites are allowed to login to Frappe Cloud via current method.'),
    { guest: true },
  ),
  [developer('saas.verify_verification_code')]: refuses(
    () => refuse('Invalid Code. Please try again.'),
    { guest: true },
  ),
  [developer('saas.login_to_fc')]: {
    guest: true,
    run: () => new Page(302, 'Redirecting...', { Location: '/dashboard/' }),
  },
  ...Object.fromEntries(SECRET_METHODS.map((name) => [developer(name), wantsSecret])),
};

const noHybrid = refuses(() =>
  refuse(
    'You cannot create a new server because Hybrid Cloud is disabled for your account. ' +
      'Please contact support to enable it.',
  ),
);

const noServer: Endpoint = {
  requires: ['server'],
  run(_context, params) {
    throw new PressError(
      'DoesNotExistError',
      `Self Hosted Server ${text(params.server)} not found`,
    );
  },
};

const NO_PLANS = { plans: [], types: {} };

/** Servers of one's own, which no team of this world may bring along. */
export const selfHostedEndpoints: Endpoints = {
  'press.api.selfhosted.new': noHybrid,
  'press.api.selfhosted.create_and_verify_selfhosted': noHybrid,
  'press.api.selfhosted.verify': noServer,
  'press.api.selfhosted.setup': noServer,
  'press.api.selfhosted.sshkey': { run: () => undefined },
  'press.api.selfhosted.get_plans': { run: () => NO_PLANS },
  'press.api.selfhosted.options_for_new': { run: () => ({ plans: NO_PLANS, ssh_key: null }) },
  'press.api.selfhosted.check_dns': { requires: ['domain', 'ip'], run: () => false },
};
