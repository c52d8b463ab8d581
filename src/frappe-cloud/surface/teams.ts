import type { Danger, SurfaceRow } from './row.js';
import { otherWayTo, reading, SAME } from './rows.js';

const account = (name: string) => `press.api.account.${name}`;

const read = (name: string, call: string, what: string, source: string): SurfaceRow =>
  reading(account(name), call, what, source);

function acting(
  name: string,
  call: string,
  what: string,
  danger: Danger,
  repeated: string,
  source: string,
): SurfaceRow {
  const reach = { by: 'direct', call } as const;
  return { endpoint: account(name), what, danger, reach, tracker: null, repeated, source };
}

const LANDED = '417, which proves that the first one landed';

const REQUEST: SurfaceRow = {
  endpoint: 'press.api.site.send_change_team_request',
  what: 'Mails the owner of another team a link to take a site over',
  danger: 'moderate',
  reach: { by: 'direct', call: 'sendChangeTeamRequest' },
  tracker: 'none: the site is ours no more once the link was followed',
  repeated: 'a SECOND mail with another link; each works until one was used',
  source: 'C 8.1, observed-2 6.6',
};

const CURRENT_TEAM = read(
  'current_team',
  'currentTeam',
  'The team of this account, with balance',
  'C 8.3',
);

const TRANSFER_ROWS: readonly SurfaceRow[] = [
  REQUEST,
  otherWayTo(REQUEST, 'Site.send_change_team_request', SAME),
  {
    endpoint: 'press.api.site.confirm_site_transfer',
    what: 'Takes a site over, with the key out of the mail',
    danger: 'moderate',
    reach: { by: 'direct', call: 'confirmSiteTransfer' },
    tracker: '`team` of the site',
    repeated: '417 "The owner of Site is not ...", also for every other key of the site',
    source: 'C 8.2, observed-2 6.6',
  },
];

const ACCOUNT_ROWS: readonly SurfaceRow[] = [
  CURRENT_TEAM,
  read('me', 'me', 'Who we are and as which team we act', 'A 1.3, observed C12'),
  {
    ...otherWayTo(CURRENT_TEAM, account('get'), 'Press answers it from a cache.'),
    what: 'Who we are, for the dashboard',
    source: 'A 1.3',
  },
  read('can_switch_to_team', 'canSwitchToTeam', 'Whether our user is in a team', 'C 8.4'),
  acting(
    'switch_team',
    'switchTeam',
    "Notes the team that the user's browser opens next; answers its members",
    'low',
    'the same answer',
    'C 8.4',
  ),
  acting('leave_team', 'leaveTeam', 'Takes our user out of a team', 'moderate', LANDED, 'C 8.5'),
  acting(
    'remove_team_member',
    'removeTeamMember',
    'Takes a user out of the team',
    'moderate',
    LANDED,
    'C 8.6',
  ),
  acting(
    'create_child_team',
    'createChildTeam',
    'Makes a team below this one, for good',
    'moderate',
    LANDED,
    'C 8.7, observed-2 6.9',
  ),
  read('get_site_count', 'getSiteCount', 'How many sites are Active', 'C 8.8'),
  read('get_billing_information', 'getBillingInformation', 'Address of the bills', 'C 8.9'),
  acting(
    'update_billing_information',
    'updateBillingInformation',
    'Sets the address of the bills',
    'moderate',
    'the same once more',
    'C 8.9',
  ),
];

export const TEAM_ROWS: readonly SurfaceRow[] = [...TRANSFER_ROWS, ...ACCOUNT_ROWS];
