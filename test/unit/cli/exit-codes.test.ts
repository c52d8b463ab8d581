import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { exitCodeOfError, hintOf, Interrupted } from '../../../src/cli/errors.js';
import { exitCodeOf, EXIT_CODES_HELP, ExitCode } from '../../../src/cli/exit-codes.js';
import { InvalidConfig } from '../../../src/config.js';
import { OUTCOMES } from '../../../src/domain/operations.js';
import {
  IdempotencyConflict,
  InvalidInput,
  NotFound,
  SecretAlreadyClaimed,
  SecretExpired,
  SecretUnknown,
  SecretUnreadable,
  SiteBusy,
  Unreachable,
} from '../../../src/errors.js';
import { LedgerUnavailable, UnknownOperation } from '../../../src/ledger/index.js';

it('tells every outcome apart, but for those that say the same', () => {
  expect(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, exitCodeOf(outcome)]))).toEqual({
    succeeded: 0,
    succeeded_with_exceptions: 10,
    rolled_back: 13,
    refused: 11,
    rejected: 12,
    expired: 12,
    cancelled: 14,
    abandoned: 15,
    planned: 0,
  });
  expect(exitCodeOf('needs_human')).toBe(20);
  expect(exitCodeOf('running')).toBe(0);
});

it.each([
  [new InvalidInput([]), 64],
  [new InvalidConfig([]), 64],
  [new CommanderError(1, 'commander.unknownOption', 'error: unknown option'), 64],
  [new NotFound('nothing'), 66],
  [new UnknownOperation('nothing'), 66],
  [new SecretUnknown(), 66],
  [new SecretAlreadyClaimed('login link', '0f3a', null), 11],
  [new SecretExpired('login link', '0f3a', null), 11],
  [new SecretUnreadable('login link', '0f3a'), 11],
  [new Unreachable('Temporal', 'host:1', 'start it'), 69],
  [new LedgerUnavailable('away'), 69],
  [new IdempotencyConflict('0f3a'), 75],
  [new SiteBusy('acme', ['1', '2']), 75],
  [new Interrupted('goes on', 'look again'), 130],
  [new TypeError('undefined is not a function'), 70],
  ['a string', 70],
])('gives %s its code', (error, code) => {
  expect(exitCodeOfError(error)).toBe(code);
});

it.each([
  [new NotFound('no operation'), 'npx sitewright list'],
  [new NotFound('no schedule', 'schedules'), 'npx sitewright schedule list'],
  [new SecretUnknown(), 'npx sitewright status <operation>'],
])('says where to look after %s', (error, command) => {
  expect(hintOf(error)).toMatch(new RegExp(`: ${command}$`));
});

it('documents every code', () => {
  for (const code of Object.values(ExitCode)) {
    expect(EXIT_CODES_HELP).toMatch(new RegExp(`^ *${code} {2}\\S`, 'm'));
  }
});
