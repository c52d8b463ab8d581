import { readdirSync, readFileSync } from 'node:fs';

export interface Recorded {
  /** File and step, for the name of the test. */
  readonly name: string;
  readonly file: string;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: number;
  /** An object when the answer was JSON, else its visible text. */
  readonly body: unknown;
}

interface Exchange {
  readonly label?: string;
  readonly request?: unknown;
  readonly response?: unknown;
}

const FOLDER = new URL('../../../fixtures/press/recorded/', import.meta.url);

/** What stands for session ids in some recordings, and what such an id looks like. */
const SID = { placeholder: '<sid>', example: 'labsid00000000' };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function exchangesIn(file: string): Exchange[] {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  const parsed: unknown = JSON.parse(text.replaceAll(SID.placeholder, SID.example));
  if (!isObject(parsed)) return [];
  return (parsed.steps ?? parsed.answers ?? [parsed]) as Exchange[];
}

function readFile(file: string): Recorded[] {
  const requestByLabel = new Map<unknown, unknown>();
  return exchangesIn(file).flatMap(({ label, request, response }, index) => {
    if (isObject(request)) requestByLabel.set(label, request);
    // Later steps say "as in the first step with this label".
    const sent = isObject(request) ? request : requestByLabel.get(label);
    if (!isObject(sent) || !isObject(response) || typeof response.status !== 'number') return [];
    const path = String(sent.path).split('?')[0] ?? '';
    return {
      name: `${file} ${index} ${label ?? ''}`,
      file: file.replace(/\.json$/, ''),
      method: path.replace('/api/method/', ''),
      params: isObject(sent.body) ? sent.body : {},
      status: response.status,
      body: response.body,
    };
  });
}

/** Every exchange recorded from a real Press server, steps of sequences included. */
export const RECORDED: readonly Recorded[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .flatMap(readFile);

/** The value of a recorded answer. */
export function messageOf(recorded: Recorded): unknown {
  return isObject(recorded.body) ? recorded.body.message : undefined;
}

const FULL_DOCUMENT: Readonly<Record<string, string>> = {
  Site: 'client-get-site-active',
  'Release Group': 'client-get-release-group',
  'Site Group Deploy': 'sgd-client-get',
  'Deploy Candidate Build': 'client-get-deploy-candidate-build',
};

function fullDocument(doctype: string): Record<string, unknown> {
  return wholeAnswer(FULL_DOCUMENT[doctype]);
}

/** A whole answer for each method of which some recordings were cut. */
const WHOLE: Readonly<Record<string, string>> = {
  'press.api.site.get': 'site-get-active',
  'press.api.site.current_plan': 'current-plan',
};

function wholeAnswer(file: string | undefined): Record<string, unknown> {
  const full = RECORDED.find((recorded) => recorded.file === file);
  return full ? (messageOf(full) as Record<string, unknown>) : {};
}

/** What was recorded, over what was cut away, in objects within it too. */
function laidOver(whole: Record<string, unknown>, recorded: Record<string, unknown>) {
  const inner = Object.entries(recorded).map(([name, value]) => {
    const other = whole[name];
    return [name, isObject(value) && isObject(other) ? { ...other, ...value } : value] as const;
  });
  return { ...whole, ...Object.fromEntries(inner) };
}

const STAMP = '2026-11-21 04:06:18.839514';

/** What a list answers for the fields that we ask for and the recorded request did not. */
const NOT_ASKED_FOR: Readonly<Record<string, Record<string, unknown>>> = {
  'Agent Job': {
    name: 'j',
    job_type: 'x',
    status: 'Pending',
    creation: STAMP,
    start: null,
    end: null,
    bench: null,
    steps: [],
  },
  'Site Activity': { name: 'a', reason: null, job: null, owner: 'x@lab.example', creation: STAMP },
  Bench: { group: 'bench-0001', cluster: null },
  'New Bench Queue': { creation: STAMP },
};

/**
 * The recorded value with what its recording left out: documents were cut to their main fields,
 * and lists were asked for other fields than ours. What was recorded is never changed.
 */
export function completed(recorded: Recorded): unknown {
  const message = messageOf(recorded);
  const doctype = String(recorded.params.doctype);
  if (recorded.method === 'press.api.site.job' && isObject(message)) {
    return { ...NOT_ASKED_FOR['Agent Job'], ...message };
  }
  const whole = WHOLE[recorded.method];
  if (whole !== undefined && isObject(message)) return laidOver(wholeAnswer(whole), message);
  if (recorded.method === 'press.api.client.get' && isObject(message)) {
    return { ...fullDocument(doctype), ...message };
  }
  if (recorded.method === 'press.api.client.get_list' && Array.isArray(message)) {
    const rest = NOT_ASKED_FOR[doctype] ?? { ...fullDocument(doctype), cluster: 'Default' };
    return message.map((row: Record<string, unknown>) => ({ ...rest, ...row }));
  }
  return message;
}
