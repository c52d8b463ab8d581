import { describe, expect, it } from 'vitest';
import {
  archiveWarning,
  nextMove,
  partsToRestore,
  REFUSED,
  type NextMove,
  type Tried,
} from '../../../src/domain/restore.js';
import type { Settled } from '../../../src/domain/trackers.js';

const FIRST: Tried = { steps: [], skipsPatches: false, maySkipPatches: true };

const failed = (step?: string): Settled => ({
  state: 'settled',
  outcome: 'failure',
  evidence: step === undefined ? {} : { step },
});

describe('the next move after a restore that failed (B 2.5)', () => {
  it.each<readonly [string, Settled, Partial<Tried>, NextMove]>([
    ['never delivered', { ...failed(), outcome: 'delivery_failure' }, {}, 'untouched'],
    ['refused by Press', { ...failed(), evidence: { status: REFUSED } }, {}, 'refused'],
    ['a download', failed('Download Backup Files'), {}, 'again'],
    [
      'a second download',
      failed('Download Backup Files'),
      { steps: ['Download Backup Files'] },
      'back',
    ],
    ['the database', failed('Restore Site'), {}, 'back'],
    ['the files', failed('Restore Files'), {}, 'back'],
    ['a patch', failed('Migrate Site'), {}, 'again_skipping_patches'],
    ['a patch, where policy says no', failed('Migrate Site'), { maySkipPatches: false }, 'back'],
    ['a patch that was left out', failed('Migrate Site'), { skipsPatches: true }, 'back'],
    ['an app', failed('Uninstall Unavailable Apps'), {}, 'again_skipping_patches'],
    ['what comes behind the data', failed('Reload NGINX'), {}, 'again'],
    ['the same once more', failed('Reload NGINX'), { steps: ['Reload NGINX'] }, 'back'],
    ['no step at all', failed(), {}, 'back'],
    ['a step nobody knows', failed('Polish Silver'), {}, 'back'],
  ])('%s', (_, settled, tried, move) => {
    expect(nextMove(settled, { ...FIRST, ...tried })).toBe(move);
  });
});

describe('what of a source is restored', () => {
  const ALL = ['database', 'public', 'private', 'config'] as const;

  it('takes the configuration along with a database, asked or not', () => {
    expect(partsToRestore(ALL, ['database'])).toEqual(['database', 'config']);
    expect(partsToRestore(ALL, ALL)).toEqual(ALL);
  });

  it('leaves it out without one: Press ignores it', () => {
    expect(partsToRestore(ALL, ['public'])).toEqual(['public']);
    expect(partsToRestore(['public', 'config'], ALL)).toEqual(['public']);
  });

  it('is what the source has', () => {
    expect(partsToRestore(['database'], ALL)).toEqual(['database']);
  });
});

describe('the archive clock', () => {
  const failedSite = {
    status: 'Broken',
    archivedFrom: '2026-11-15T10:00:00.000Z',
    served: false,
    says: 'HTTP 503',
  };

  it('is told while it runs', () => {
    expect(archiveWarning(failedSite)).toContain('archives it by itself from 2026-11-15');
    expect(archiveWarning({ ...failedSite, status: 'Active' })).toBe('');
    expect(archiveWarning({ ...failedSite, archivedFrom: null })).toBe('');
  });
});
