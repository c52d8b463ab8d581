import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What a running local stack tells those who look for it. */
export interface StackRecord {
  /** The process that keeps the stack. */
  readonly pid: number;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly uiUrl: string;
  readonly simulatorUrl: string;
  readonly maplePressUrl: string;
  readonly gatewayUrl: string;
  /** Root domain of new sites at the simulator. */
  readonly domain: string;
  /** Account that provisions when none is named. */
  readonly account: string;
  /** Policy file that its worker goes by. */
  readonly policyFile: string;
}

const Schema = z.object({
  pid: z.number(),
  temporalAddress: z.string(),
  namespace: z.string(),
  uiUrl: z.string(),
  simulatorUrl: z.string(),
  maplePressUrl: z.string(),
  gatewayUrl: z.string(),
  domain: z.string(),
  account: z.string(),
  policyFile: z.string(),
});

const fileIn = (dataDir: string) => path.join(dataDir, 'stack.json');

/** Announces a stack; {@link forgetStack} takes it back. */
export async function announceStack(dataDir: string, record: StackRecord): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(fileIn(dataDir), `${JSON.stringify(record, null, 2)}\n`);
}

export async function forgetStack(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
}

/** The stack that runs on a data directory; null when none does. */
export async function findStack(dataDir: string): Promise<StackRecord | null> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = Schema.safeParse(safeJson(text));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : null;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
