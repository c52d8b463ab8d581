import { type Command, InvalidArgumentError } from 'commander';
import type { RegisterWordPressSiteInput, RotateApiKeyInput } from '../../domain/inputs.js';
import { registerOperation } from '../operation-command.js';
import { addAt } from '../site-change-options.js';

interface ReceiverOptions {
  readonly receiverKey?: string;
}

interface RegisterOptions extends ReceiverOptions {
  readonly patience?: number;
}

interface RotateOptions extends ReceiverOptions {
  readonly at?: string;
}

const DOMAIN = { name: 'domain', help: 'domain of the site, e.g. example.com' } as const;

/** What becomes of a key; it is shown by nobody twice. */
const KEY_NOTES = [
  'The key is not shown here: its status names a handle as soon as there is one, and',
  '  `npx sitewright claim <handle>` prints it, once.',
  'With --receiver-key it is sealed to that key; then `claim <handle> --key <its private half>` opens it.',
];

/** `sitewright maplepress register <site-url>`. */
export function registerMaplePressRegister(maplePress: Command): void {
  registerOperation<'maplepress-register', RegisterOptions>(maplePress, {
    kind: 'maplepress-register',
    verb: 'register',
    owner: 'tenant',
    description: 'register a WordPress site, and wait until its plugin has verified it',
    subject: { name: 'site-url', help: 'address of the site; its domain is what is registered' },
    options: (command) =>
      addReceiverKey(command).option(
        '--patience <days>',
        'how long the plugin has to verify the site (default: policy’s)',
        days,
      ),
    input: registerInput,
    examples: [
      'maplepress register https://example.com --dry-run',
      'maplepress register https://example.com --wait',
      'maplepress register https://example.com --receiver-key public.jwk --patience 3',
    ],
    notes: [
      ...KEY_NOTES,
      'Enter key and verification token in the plugin; until then the site is pending. Not in time: policy',
      '  says whether it stays so, or is deleted again.',
    ],
  });
}

/** `sitewright maplepress rotate-key <domain>`. */
export function registerMaplePressRotateKey(maplePress: Command): void {
  registerOperation<'maplepress-rotate-key', RotateOptions>(maplePress, {
    kind: 'maplepress-rotate-key',
    verb: 'rotate-key',
    owner: 'tenant',
    description: 'give a site another API key; the old one is refused at once',
    subject: DOMAIN,
    options: (command) => addReceiverKey(addAt(command)),
    input: rotateInput,
    examples: [
      'maplepress rotate-key example.com --reason "leaked" --wait',
      'maplepress rotate-key example.com --at window --receiver-key public.jwk',
    ],
    notes: [
      'From the rotation on the site stands still, until somebody enters the new key in its plugin.',
      ...KEY_NOTES,
    ],
  });
}

/** `sitewright maplepress delete <domain>`. */
export function registerMaplePressDelete(maplePress: Command): void {
  registerOperation<'maplepress-delete'>(maplePress, {
    kind: 'maplepress-delete',
    verb: 'delete',
    owner: 'tenant',
    description: 'delete a site with its key, search index, statistics and settings, for good',
    subject: DOMAIN,
    examples: [
      'maplepress delete example.com --dry-run',
      'maplepress delete example.com --reason "contract ended"',
    ],
    notes: [
      'Nothing brings it back. What MaplePress tells of it goes into the ledger first.',
      'One that is gone already is a success; so is a domain never known here, and it says so.',
    ],
  });
}

function addReceiverKey(command: Command): Command {
  return command.option('--receiver-key <file>', 'public key (JWK) of whoever is to have the key');
}

function days(text: string): number {
  const given = Number(text);
  if (text.trim() !== '' && Number.isFinite(given)) return given;
  throw new InvalidArgumentError('a number of days.');
}

/** What the options of a registration say. @throws InvalidInput */
export async function registerInput({
  receiverKey,
  patience,
}: RegisterOptions): Promise<Pick<RegisterWordPressSiteInput, 'receiver' | 'patienceDays'>> {
  return {
    ...(await receiverFrom(receiverKey)),
    ...(patience !== undefined && { patienceDays: patience }),
  };
}

/** What the options of a rotation say. @throws InvalidInput */
export async function rotateInput({
  receiverKey,
  at,
}: RotateOptions): Promise<Pick<RotateApiKeyInput, 'receiver' | 'at'>> {
  return { ...(await receiverFrom(receiverKey)), ...(at !== undefined && { at }) };
}

async function receiverFrom(
  file: string | undefined,
): Promise<Pick<RotateApiKeyInput, 'receiver'>> {
  if (file === undefined) return {};
  const { readReceiverKey } = await import('../maplepress/receiver-key.js');
  return { receiver: await readReceiverKey(file) };
}
