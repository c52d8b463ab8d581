import { describe, expect, it } from 'vitest';
import { losses, whatHappens } from '../../../src/activities/restore/restore-words.js';

describe('a restore in words (B 2.4)', () => {
  it('with a database replaces it, and merges the configuration', () => {
    expect(whatHappens(['database', 'config'])).toBe(
      'the database is replaced, then migrated to the code of the site; the configuration of the ' +
        'source is merged into that of the site, encryption key included',
    );
  });

  it('without its configuration says what may stay on', () => {
    expect(whatHappens(['database'])).toContain('maintenance mode may stay on');
  });

  it('of files alone deletes them first, and touches nothing else', () => {
    expect(whatHappens(['public', 'private'])).toBe(
      'database, apps, configuration and password stay as they are; nothing is migrated; ' +
        'public and private files are deleted first, then unpacked; the other side stays',
    );
    expect(losses(['private'], { takenAt: null, dropped: [] })).toEqual([
      'all private files that are there now',
    ]);
  });

  it('names what is lost', () => {
    const takenAt = '2026-11-20T21:40:00.000Z';
    expect(losses(['database', 'public'], { takenAt, dropped: ['hrms'] })).toEqual([
      `everything written to the database since ${takenAt}`,
      'public files that are overwritten',
      'the data of hrms: not on the site',
      "sessions, and an Administrator's password that was set on the site itself",
    ]);
  });
});
