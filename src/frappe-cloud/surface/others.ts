import { DATABASE_ROWS } from './database.js';
import type { SurfaceRow } from './row.js';
import { reading } from './rows.js';

type Rest = Partial<Pick<SurfaceRow, 'danger' | 'repeated' | 'source'>>;

const beyond = (endpoint: string, what: string, why: string, rest: Rest = {}): SurfaceRow => ({
  endpoint,
  what,
  danger: 'read',
  reach: { by: 'nothing', why },
  tracker: null,
  repeated: 'nothing to repeat',
  source: 'A 8',
  ...rest,
});

const instead = (endpoint: string, what: string, another: string, why: string): SurfaceRow => ({
  endpoint,
  what,
  danger: 'read',
  reach: { by: 'another', endpoint: another, why },
  tracker: null,
  repeated: 'the same answer',
  source: 'observed-2 9',
});

const MAILED = 'It wants a key that Press mails to the person who signs up.';
const TRIAL: Rest = { danger: 'moderate' };

const SAAS_ROWS: readonly SurfaceRow[] = [
  reading(
    'press.api.saas.check_subdomain_availability',
    'isTrialSubdomainFree',
    'Whether a name is free for a trial: TRUE when it is',
    'A 8',
  ),
  beyond(
    'press.api.saas.account_request',
    "Signs a person up for a trial of Frappe's products",
    `A guest's sign-up, which answers nothing and swallows its errors. What follows: ${MAILED}`,
    { ...TRIAL, source: 'A 8, observed-2 9' },
  ),
  beyond(
    'press.api.saas.new_saas_site',
    'Makes a trial site',
    'System Managers of Press only.',
    TRIAL,
  ),
  beyond('press.api.saas.setup_account', 'Ends a sign-up with a team and a login', MAILED, TRIAL),
  beyond(
    'press.api.saas.headless_setup_account',
    'Ends a sign-up with a redirect to the site',
    MAILED,
    TRIAL,
  ),
  beyond('press.api.saas.get_site_status', 'Whether the site of a sign-up is up', MAILED),
  beyond('press.api.saas.get_site_url_and_sid', 'A login to the site of a sign-up', MAILED, {
    danger: 'secret',
  }),
];

const APP_KEY =
  "It wants the secret key of an app's subscription, which only the app on its site has.";
const CODE =
  "A person has to read the code out of a mail; for sites of Frappe's own products only.";

const DEVELOPER_SAAS_ROWS: readonly SurfaceRow[] = [
  instead(
    'press.api.developer.saas.ping',
    'Answers "pong" to anybody',
    'press.api.account.me',
    'A pong proves neither key nor team.',
  ),
  ...[
    'get_subscription_status',
    'get_plan_config',
    'get_subscription_info',
    'get_trial_expiry',
  ].map((name) =>
    beyond(`press.api.developer.saas.${name}`, "An app asks for its site's plan", APP_KEY),
  ),
  beyond('press.api.developer.saas.send_verification_code', 'Mails a code for a login', CODE),
  beyond('press.api.developer.saas.verify_verification_code', 'Checks that code', CODE),
  beyond('press.api.developer.saas.login_to_fc', 'Opens a session with that code', CODE),
];

const MONEY: Rest = { danger: 'moderate', source: 'A 8, observed-2 6.15' };

const DEVELOPER_MARKETPLACE_ROWS: readonly SurfaceRow[] = (
  [
    ['get_subscription_status', 'Whether its subscription is on', {}],
    ['get_subscription_info', 'Its subscription', {}],
    ['get_subscription', "Its site's plan and the plans there are", {}],
    ['update_billing_info', 'Address of the bills', MONEY],
    ['get_publishable_key_and_setup_intent', 'Begins to add a card', MONEY],
    ['setup_intent_success', 'Ends adding a card', MONEY],
    ['change_site_plan', 'Changes the plan of its site, behind our back', MONEY],
    ['send_login_link', 'Mails the owner a login', {}],
  ] as const
).map(([name, what, rest]) =>
  beyond(`press.api.developer.marketplace.${name}`, `An app: ${what}`, APP_KEY, rest),
);

const HYBRID = "Frappe's support has to switch on Hybrid Cloud for the team: 417 until then.";
const SERVER: Rest = { danger: 'moderate', source: 'observed-2 9' };

const SELF_HOSTED_ROWS: readonly SurfaceRow[] = [
  beyond('press.api.selfhosted.new', "Takes over a server of one's own", HYBRID, SERVER),
  beyond(
    'press.api.selfhosted.create_and_verify_selfhosted',
    "Takes over a server of one's own and tries it",
    HYBRID,
    SERVER,
  ),
  beyond('press.api.selfhosted.verify', 'Tries a server taken over', HYBRID, SERVER),
  beyond('press.api.selfhosted.setup', 'Sets up a server taken over', HYBRID, SERVER),
  reading(
    'press.api.selfhosted.options_for_new',
    'selfHostedOptions',
    "Plans and SSH key for a server of one's own",
    'observed-2 9',
  ),
  instead(
    'press.api.selfhosted.get_plans',
    "Plans for a server of one's own",
    'press.api.selfhosted.options_for_new',
    'That one answers them, and the key with them.',
  ),
  instead(
    'press.api.selfhosted.sshkey',
    "SSH key for a server of one's own",
    'press.api.selfhosted.options_for_new',
    'That one answers it, and the plans with it.',
  ),
  reading(
    'press.api.selfhosted.check_dns',
    'selfHostedDnsPointsTo',
    "Whether a name leads to a server of one's own",
    'observed-2 9',
  ),
];

/** Other products, what apps ask for, and tools of the dashboard for one site. */
export const OTHER_ROWS: readonly SurfaceRow[] = [
  ...SAAS_ROWS,
  ...DEVELOPER_SAAS_ROWS,
  ...DEVELOPER_MARKETPLACE_ROWS,
  ...SELF_HOSTED_ROWS,
  ...DATABASE_ROWS,
];
