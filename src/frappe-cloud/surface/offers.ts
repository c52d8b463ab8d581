import type { Offer } from './row.js';

const library = (why: string): Offer => ({ by: 'library', why });

const PAYING =
  'How the team pays concerns all its sites at once, and only the refusals were ever measured: a person does it, in the dashboard.';
const ENDS_PAYING =
  'What it ends only a person at a browser can begin again, and a team that cannot pay has its sites suspended.';
const MEMBERS =
  'Who belongs to a team is a decision about people and no matter of a site: it is made in the dashboard.';
const LOCKS =
  'It locks tables of a live site for a time that nobody knows before: a person chooses the hour, and watches.';
const LINKS = 'Whoever has the link may read the file, so that no command and no route answers it.';

/** Entries whose functions neither an operation nor the gateway calls itself, and why. */
export const OFFERS: Readonly<Record<string, Offer>> = {
  'press.api.site.uploaded_backup_info': { by: 'part', of: 'uploadFile' },
  'press.api.site.restore': library(
    'It takes files of any team and checks nothing: operation `restore` goes by `Site.restore_site_from_files`, which refuses them.',
  ),
  'press.api.site.update_config': library(
    'It deletes every key that it is not sent: operation `update-config` sets some keys by `Site.update_config`.',
  ),
  'press.api.site.get_backup_link': library(
    `${LINKS} Safety copies are streamed from the site itself.`,
  ),
  'press.api.site.get_backup_links': library(
    'It wants the password of an administrator of a site elsewhere, and leaves links with a live session of it at Press. Restores take files from the vault, or own backups.',
  ),
  'press.api.site.change_server': library(
    'Operation `move` goes the same way with `Site.create_migration_plan`, whose Site Action tells how it goes on; this names nothing.',
  ),
  'press.api.site.confirm_site_transfer': library(
    'It wants the key out of a mail to the owner of the receiving team; `transfer` waits until they have followed it.',
  ),
  'press.api.billing.set_as_default': library(PAYING),
  'press.api.billing.remove_payment_method': library(ENDS_PAYING),
  'press.api.billing.change_payment_mode': library(PAYING),
  'press.api.billing.cancel_razorpay_mandate': library(ENDS_PAYING),
  'press.api.billing.finalize_invoices': library(
    'It may charge the team at once, for every open bill: a person at the bill decides that.',
  ),
  'press.api.account.update_billing_information': library(
    'Bills and taxes hang on it, parts of it can never be changed back, and it is no matter of one site.',
  ),
  'press.api.account.switch_team': library(
    "It changes which team the user's browser opens next and nothing else: every call names its team.",
  ),
  'press.api.account.leave_team': library(
    `${MEMBERS} For the user of the key it ends our own access, and no token undoes that.`,
  ),
  'press.api.account.remove_team_member': library(MEMBERS),
  'press.api.account.create_child_team': library(
    `${MEMBERS} A team stays for good: nothing deletes one.`,
  ),
  'Site.enable_monitoring': library(
    'Only its refusal was ever measured: an operation would promise what nobody has seen succeed.',
  ),
  'Site.update_communication_infos': library(
    'It replaces addresses of people, which an operation would keep for good, in a ledger that forgets nothing.',
  ),
  'Site.optimize_tables': library(LOCKS),
  'Site.add_database_index': library(LOCKS),
  'Site.kill_database_process': library(
    'It breaks off whatever the site was doing, by a number that may be another process a moment later.',
  ),
  'Site.run_sql_query_in_database': library(
    "Its answer is data of the site's customers, and Press itself would run any statement; only what reads is sent.",
  ),
};
