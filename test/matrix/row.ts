import type { FaultRule } from '../../simulators/press/index.js';
import type { Choice } from '../../src/domain/messages.js';
import type { Problem } from '../../src/domain/failures.js';
import type { OperationKind, Outcome, OperationHandle, OperationStatus } from '../../src/client.js';
import type { Harness, HarnessOptions } from '../support/harness.js';

/** The names of one run of a row: its own, so that rows can run side by side. */
export interface Names {
  readonly subdomain: string;
  /** Full name of the site. */
  readonly site: string;
  /** A domain of the customer, for rows that add one. */
  readonly domain: string;
}

/** One run of a row, for conditions and deeds. */
export interface Scene extends Names {
  readonly harness: Harness;
}

/** Whether the moment has come. */
export type Moment = (scene: Scene, status: OperationStatus) => boolean | Promise<boolean>;

/** What happens from outside while the operation runs. */
export type Act =
  | { readonly do: 'approve' | 'reject' | 'cancel'; readonly when: Moment }
  /** Held at the next step, and resumed. */
  | { readonly do: 'hold'; readonly when: Moment }
  /** The worker process dies without a word; another one takes over. */
  | { readonly do: 'kill'; readonly when: Moment }
  /** Somebody does something past Sitewright. */
  | {
      readonly do: 'meddle';
      readonly when: Moment;
      readonly deed: (scene: Scene) => void | Promise<void>;
    };

/** What a person is asked, and says. */
export interface Asked {
  readonly problem: Problem['type'];
  readonly says: Choice;
  /** What the person does before answering. */
  readonly after?: (scene: Scene) => void | Promise<void>;
}

/** How an operation ends. */
export interface Ending {
  readonly outcome: Outcome;
  /** What was done at Press from the start on, by whomever, in order. */
  readonly effects: readonly string[];
  /** What stands at Press afterwards. */
  readonly left: string;
  /** Commands, attention and decisions, in order; see observe.ts. */
  readonly ledger: readonly string[];
  /** What the result says: its reason, or what was given up. */
  readonly says?: RegExp;
}

/** One accident at one step, and how the operation ends. */
export interface Row<Input> {
  /** The step of the runbook, without names: "domain", not "domain www.example.com". */
  readonly step: string;
  readonly accident: string;
  /** Heading of the page under which it stands. */
  readonly path: string;
  /** Name of the settings it needs, see {@link Matrix.worlds}; default "usual". */
  readonly world?: string;
  readonly input?: (names: Names) => Partial<Input>;
  readonly faults?: (names: Names) => readonly FaultRule[];
  /** What is done at Press before the operation starts. */
  readonly before?: (scene: Scene) => void | Promise<void>;
  /** One after the other. */
  readonly acts?: readonly Act[];
  readonly asks?: readonly Asked[];
  readonly expect: Ending;
}

/** A row that does not depend on the operation, of which the heading is not told yet. */
export type UnplacedRow = Omit<Row<object>, 'path' | 'input'>;

/** What is told of several kinds at once. */
export interface Page {
  /** Of the page about them, in docs/workflows. */
  readonly name: string;
  readonly title: string;
  /** Of the rows, in test/matrix. */
  readonly folder: string;
}

/** All accidents of one workflow: the tests run it, the page of the documentation shows it. */
export interface Matrix<Input> {
  /** Name of the page and its folder, e.g. "provision". */
  readonly kind: OperationKind;
  /** Where it is not that of one kind alone. */
  readonly page?: Page;
  /** What else there is to know above the tables, in Markdown. */
  readonly introduction?: string;
  readonly worlds: Readonly<Record<string, HarnessOptions>>;
  /** What every row finds at Press before it starts, e.g. the site. */
  readonly prepare?: (scene: Scene) => Promise<void>;
  /** Whom it is about; default: Press. */
  readonly provider?: 'MaplePress';
  /** What was done there, in order; default: to what bears the name of the site. */
  readonly effects?: (scene: Scene) => readonly string[];
  /** What stands there, in words; default: what bears the name of the site. */
  readonly left?: (scene: Scene) => string | Promise<string>;
  /** `names` are those of the row: its own, so that rows can run side by side. */
  readonly start: (
    harness: Harness,
    input: Partial<Input>,
    names: Names,
  ) => Promise<OperationHandle>;
  readonly rows: readonly Row<Input>[];
}
