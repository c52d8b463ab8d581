/** Moving a site to another server, bench group or region: its plan, and what its activities are told. */
import type { CommandArgs } from './activity-types.js';
import type { SafetyCopyPlan } from './safety-copy.js';

/** Where a site stands; what is null is not asked for. */
export interface Place {
  readonly group: string | null;
  readonly server: string | null;
  readonly cluster: string | null;
}

/** What Press is asked for. */
export type Destination =
  { readonly group: string; readonly server: string } | { readonly cluster: string };

/** Everything about a move, resolved. */
export interface MoveTarget {
  readonly site: string;
  readonly to: Destination;
  readonly before: Place;
  readonly after: Place;
  /** Name of its Site Plan, which Press may change on the way (C 2.9). */
  readonly plan: string | null;
  /** Installed apps, frappe first. */
  readonly apps: readonly string[];
  readonly skipFailingPatches: boolean;
  /** Whether policy lets a restore of the copy leave out patches that fail. */
  readonly maySkipPatches: boolean;
  readonly copy: SafetyCopyPlan;
  /** Whether a site that does not answer HTTP fails the operation; from policy. */
  readonly httpProbe: 'required' | 'reported';
}

export interface StartMoveArgs extends CommandArgs {
  readonly site: string;
  readonly to: Destination;
  readonly skipFailingPatches: boolean;
}

export interface LookAtMoveArgs {
  readonly account: string;
  readonly site: string;
  readonly before: Place;
  readonly after: Place;
  /** Its Site Action; null when it is not known. */
  readonly action: string | null;
}

/** Where a move that has failed has left a site. */
export interface MoveStanding {
  /** `unknown`: neither, or something still holds the site. */
  readonly where: 'source' | 'destination' | 'unknown';
  /** It is Active, and nothing marks it as failed. */
  readonly sound: boolean;
  /** Its data are as they were; it was only switched off for the move. */
  readonly isOff: boolean;
  /** Its data may be broken: a copy mends that. */
  readonly isBroken: boolean;
  /** It has been taken off its old server, or is just being: nothing may activate it (C 2.9). */
  readonly isDropped: boolean;
  /** Moves of the site that wait, and would carry a restored site away (observed-2 3). */
  readonly moves: readonly string[];
  /** In words, for a person. */
  readonly says: string;
}

export interface VerifyMoveArgs {
  readonly account: string;
  readonly site: string;
  readonly is: Place;
  /** As it was before; another one is reported. */
  readonly plan: string | null;
  readonly apps: readonly string[];
  readonly httpProbe: MoveTarget['httpProbe'];
  /** Epoch ms after which the answer is given as it is. */
  readonly deadline: number;
}
