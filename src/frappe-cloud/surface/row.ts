/**
 * One endpoint or document method of Frappe Cloud as this client knows it. The rows of this folder
 * are the inventory of the API: docs/frappe-cloud-api.md is written from them.
 */
export interface SurfaceRow {
  /** `press.api.site.new`, or `Site.schedule_backup` for a method of a document. */
  readonly endpoint: string;
  /** What it does, in one line. */
  readonly what: string;
  readonly danger: Danger;
  readonly reach: Reach;
  /** What tells how its effect goes on, e.g. `Agent Job`; null when it answers at once. */
  readonly tracker: string | null;
  /** What the same call does when it is sent again. */
  readonly repeated: string;
  /** Where that is known from, e.g. `B 1.2, observed C9`. */
  readonly source: string;
  /** Who makes use of its function; left out where operations or the gateway call it themselves. */
  readonly offer?: Offer;
}

/** Why a function of this client is there although nothing else of Sitewright calls it. */
export type Offer =
  /** It is a step of another function, e.g. `uploadFile`. */
  | { readonly by: 'part'; readonly of: string }
  /** No operation does it, for a reason; a program may, by importing `sitewright/frappe-cloud`. */
  | { readonly by: 'library'; readonly why: string };

/**
 * - `read`: changes nothing
 * - `secret`: changes nothing, and answers something that must not be written down
 * - `low`: what it changes is easily changed back
 * - `moderate`: the site or its bill is another one afterwards
 * - `high`: data, or the site itself, can be lost
 */
export type Danger = 'read' | 'secret' | 'low' | 'moderate' | 'high';

/** How, or why not, a token reaches it. */
export type Reach =
  /** By a function of this client that calls it as it is. */
  | { readonly by: 'direct'; readonly call: string }
  /** By a function that runs it through `press.api.client.run_doc_method`. */
  | { readonly by: 'document method'; readonly call: string }
  /** By a generic call that never leaves the folder of the endpoints. */
  | { readonly by: 'typed calls'; readonly why: string }
  /** Another row does the same and better: it alone answers the tracker, checks the owner, … */
  | { readonly by: 'another'; readonly endpoint: string; readonly why: string }
  /** Not with a token: a browser, another service or another role is needed. */
  | { readonly by: 'nothing'; readonly why: string };
