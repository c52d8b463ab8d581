import { hostname } from 'node:os';
import type { Payload } from '../../src/security/payload.js';

type Decode = (payload: Payload) => Promise<Payload>;

/** What a failure is told with, once decoded: the converter of ours encodes both. */
interface FailureText {
  message: string;
  stack_trace: string;
}

/** Payloads are recorded in clear, so that a history can be read; of the machine nothing is kept. */
export async function inClear(value: unknown, decode: Decode): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => inClear(item, decode)));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (isPayload(value)) return decode(value);
  const members = value as Record<string, unknown>;
  for (const [name, member] of Object.entries(members)) {
    if (typeof member === 'string' && member.includes(hostname())) members[name] = 'recorder';
    else if (name === 'encodedAttributes' && isPayload(member)) {
      members[name] = withoutStack(await decode(member));
    } else members[name] = await inClear(member, decode);
  }
  return value;
}

/** Stack traces name folders of the machine. */
function withoutStack(payload: Payload): Payload {
  const text = JSON.parse(Buffer.from(payload.data ?? []).toString()) as FailureText;
  return { ...payload, data: Buffer.from(JSON.stringify({ ...text, stack_trace: '' })) };
}

function isPayload(value: unknown): value is Payload {
  const metadata = (value as { metadata?: Record<string, unknown> | null } | null)?.metadata;
  return metadata?.['encoding'] instanceof Uint8Array;
}
