import type { Command } from 'commander';
import type { Claim, ClaimedSecret } from '../../client.js';
import { ExitCode } from '../exit-codes.js';
import { addBy, addExamples, addJson, type ByOptions, type CommonOptions } from '../options.js';
import type { Output } from '../output.js';
import { run } from '../run.js';

interface Options extends ByOptions, CommonOptions {
  readonly key?: string;
}

/** A JWE in compact form; a handle has no dots. */
const SEALED = /^[\w-]+(\.[\w-]*){4}$/;

/** `sitewright claim <handle>`: takes a secret that an operation has handed over. */
export function registerClaim(program: Command): void {
  const command = program
    .command('claim')
    .description(
      'take a login link, password or API key that was handed over; it can be taken once',
    )
    .argument(
      '<handle>',
      'where it waits, as the result of the operation tells (or the id of an operation that has handed over one secret); or what was taken sealed, to open it',
    )
    .option('--key <file>', 'private key of its receiver, a JWK: opens what was made for them');
  addExamples(addJson(addBy(command)), [
    'claim 5b2f6c1de08a4b7f93c64e0d1a8b7c25',
    'claim 0f3a5c7e9b1d2f40   # the only secret of this operation',
    'claim 5b2f6c1de08a4b7f93c64e0d1a8b7c25 > /run/secrets/acme-shop   # the value alone',
    'claim 5b2f6c1de08a4b7f93c64e0d1a8b7c25 --key receiver.jwk',
    'claim "$(cat acme.jwe)" --key receiver.jwk   # taken before, by somebody without the key',
  ]).action((handle: string, options: Options) =>
    run(options, (out) =>
      SEALED.test(handle) ? openTaken(out, handle, options) : claim(out, handle, options),
    ),
  );
}

async function claim(out: Output, given: string, options: Options): Promise<ExitCode> {
  const [{ claimable }, { withSession, findInstallation }, { personFrom }] = await Promise.all([
    import('../claimable.js'),
    import('../session.js'),
    import('../person.js'),
  ]);
  const key = await keyFrom(options);
  const installation = await findInstallation();
  const by = personFrom(options.by, installation.config.user);
  return withSession(async ({ client }) => {
    const handle = await claimable(client, given);
    const secret = await client.claimSecret(handle, { by, ...(key && { key }) });
    if (out.json) out.document(secret);
    else print(out, secret, options.key);
    // Whoever gave a key expected the value: another one must not pass for success.
    const isAnother = options.key !== undefined && secret.sealedFor !== null;
    return isAnother ? ExitCode.refused : ExitCode.ok;
  }, installation);
}

function print(
  out: Output,
  { label, value, operationId, sealedFor }: ClaimedSecret,
  key: string | undefined,
): void {
  out.aside([`The ${label} of operation ${operationId}; it is kept nowhere else:`]);
  out.raw(`${value}\n`);
  if (sealedFor === null) return;
  out.aside([
    ...(key === undefined ? [] : [`${key} does not open it.`]),
    `It is sealed: only who has the private half of key ${sealedFor} can read it, with`,
    '  npx sitewright claim <the value above> --key <file with that key, a JWK>',
    'or with any library that reads JWE (compact form; inside is a JSON string).',
  ]);
}

/** Opens what somebody without the key has taken; nothing leaves this process. */
async function openTaken(out: Output, sealed: string, options: Options): Promise<ExitCode> {
  const [{ openSecret }, { InvalidInput }, key] = await Promise.all([
    import('../../client/open-secret.js'),
    import('../../errors.js'),
    keyFrom(options),
  ]);
  if (key === undefined) {
    throw new InvalidInput([{ path: 'key', message: 'is needed to open what was taken sealed' }]);
  }
  const value = await openSecret(sealed, key);
  if (out.json) out.document({ value });
  else out.raw(`${value}\n`);
  return ExitCode.ok;
}

async function keyFrom({ key }: Options): Promise<Claim['key']> {
  if (key === undefined) return undefined;
  const { loadPrivateKey } = await import('../../security/jwk-file.js');
  return { ...(await loadPrivateKey(key)).privateJwk };
}
