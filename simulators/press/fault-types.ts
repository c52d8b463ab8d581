import type { RuleTiming } from '../shared/rules.js';
import type { Json } from './types.js';

/** Which calls a rule applies to. All given conditions must hold. */
export interface CallMatch {
  /** Dotted method (`press.api.site.new`), path of a site's own API, or a regular expression between slashes (`/client\.get/`). */
  method: string;
  /** Values that must be found in the body, by dotted path: `{ "site.name": "acme" }`. */
  body?: Record<string, Json>;
  team?: string;
}

export type CallFault =
  /** The connection is closed; nothing happened. */
  | { kind: 'lose_request' }
  /** The effect is committed; the connection is closed instead of answering. */
  | { kind: 'lose_answer' }
  /** No answer ever, until the caller hangs up. `effect` (default true): whether it is executed. */
  | { kind: 'hang'; effect?: boolean }
  /**
   * The request is only *started* after `seconds`, whether or not the caller is still there;
   * other calls do not wait for it (observed-2 1.3). `after: 'disconnect'` counts from the moment
   * the caller hangs up.
   */
  | {
      kind: 'late';
      seconds: number;
      after?: 'receipt' | 'disconnect';
      /**
       * `receipt`: the checks that take no lock (is the name or title free?) had passed by then and
       * only the writing waits, so that a re-send in between makes a *second* order or group
       * (observed-2 1.7). Default `start`.
       */
      checked?: 'receipt' | 'start';
    }
  /** Executed at once, answered after `seconds`. */
  | { kind: 'delay'; seconds: number }
  /** The front end answers with its HTML page. `effect` (default 'before'): does the call land? */
  | { kind: 'gateway_error'; status: 502 | 503 | 504; effect?: 'before' | 'none' }
  /**
   * Press itself answers with an error, default status 500; rolled back, unless `effect`: it was
   * committed in mid-request, before the error (A 1.8).
   */
  | { kind: 'exception'; excType: string; message?: string; status?: number; effect?: boolean }
  /** 429; with `retryAfter` the site-wide limiter, without it the per-endpoint one (A 6). */
  | { kind: 'rate_limited'; retryAfter?: number }
  /** 200 with an HTML page. `effect` default false. */
  | { kind: 'html_page'; effect?: boolean }
  /** The right answer, dripped over `seconds`. */
  | { kind: 'slow_body'; seconds: number }
  /** The effect is committed, the answer is `body` (default: a list where an object was due). */
  | { kind: 'wrong_shape'; body?: Json }
  /**
   * Press itself is faster: right before the call it begins an update or a backup of the site the
   * call is about.
   */
  | { kind: 'overtaken'; by: 'update' | 'backup' }
  /** The same request is executed twice at the same time; the second answer is given. */
  | { kind: 'duplicate' };

/** Which bench groups a rule is about. All given conditions must hold. */
export interface GroupMatch {
  /** Name of the group, e.g. `bench-0005`. */
  group?: string;
  /** Its present title; a deleted group's ends in `.archived`. */
  title?: string;
  /** Subdomain of the order (Site Group Deploy) the group was made for. */
  subdomain?: string;
}

/** Which jobs a rule applies to. The group of a job is that of its bench or of its site. */
export interface JobMatch extends GroupMatch {
  jobType?: string;
  site?: string;
}

export type JobFault =
  /**
   * `step`: its name, or its position from 0. `patch`: only where failing patches are not skipped.
   */
  | { kind: 'fail_step'; step: string | number; output?: string; patch?: boolean }
  /** The agent refuses the request: Failure within a second, all steps stay Pending (observed C5). */
  | { kind: 'agent_refuses'; status?: number }
  /** Never delivered; Delivery Failure after `afterSeconds` (default: the usual retry budget). */
  | { kind: 'delivery_failure'; afterSeconds?: number }
  /** Delivered only after `seconds`. */
  | { kind: 'undelivered'; seconds: number }
  /**
   * Press does not look before the job is over, as happens by chance: an archive then leaves the
   * row of its final backup (observed C10).
   */
  | { kind: 'polled_at_end' }
  /** Runs until the two-day sweep ends it; `step` is the one that never finishes (default first). */
  | { kind: 'hang'; step?: string | number }
  /** All durations times `factor`. */
  | { kind: 'slow'; factor: number };

/** What goes wrong with the build of an image. Each repetition is a build of its own. */
export type BuildFault =
  | {
      kind: 'fail';
      error?: string;
      /** Repetitions the server grants this error, 0-3 (A 3.5 item 4). Default 0: final at once. */
      retries?: number;
      /** The order is never told and stays at "Deploying Bench" (A 3.5 item 3). */
      unnoticed?: boolean;
    }
  /** Runs until the sweep for stuck builds ends it. */
  | { kind: 'hang' }
  | { kind: 'slow'; factor: number };

/** What goes wrong with a Release Pipeline before its build (C 3.5, observed 4). */
export type PipelineFault =
  /** A check refuses; the text is only found in a notification. */
  | { kind: 'fail_checks'; message?: string }
  /** It stays Pending until its next try, default after ten minutes. */
  | { kind: 'late'; seconds?: number };

/** The bench row of a built image cannot be made: Failure, and nothing repeats it (A 3.9b). */
export interface QueueFault {
  kind: 'fail';
}

/**
 * A rule of business refuses the site on the bench that was built for it: "Site Creation Failed",
 * and no reason is stored (A 3.5).
 */
export interface OrderFault {
  kind: 'refuse_site';
}

/** Which transfers of bytes a rule applies to. All given conditions must hold. */
export interface TransferMatch {
  /** `upload`: forms and parts. `download`: files of sites and of offsite backups. */
  direction?: 'upload' | 'download';
  /** Contained in the name of the file or in the key of the object. */
  name?: string;
  /** Number of a part of an upload, from 1. */
  part?: number;
}

export type TransferFault =
  /** Refused at once; of an upload nothing is kept. */
  | { kind: 'error'; status: number }
  /** The connection ends after so many bytes; of an upload nothing is kept. */
  | { kind: 'cut'; afterBytes: number }
  /** The upload is kept, the answer is not sent. */
  | { kind: 'lose_answer' }
  /** A download in which one byte is another. */
  | { kind: 'corrupt'; atByte: number };

/** One scripted fault: plain JSON, so that it can be sent to `POST /_sim/faults`. */
export type FaultRule = RuleTiming &
  (
    | { call: CallMatch; fault: CallFault }
    | { job: JobMatch; fault: JobFault }
    | { build: GroupMatch; fault: BuildFault }
    | { queue: GroupMatch; fault: QueueFault }
    | { pipeline: GroupMatch; fault: PipelineFault }
    | { transfer: TransferMatch; fault: TransferFault }
    | { order: GroupMatch; fault: OrderFault }
  );
