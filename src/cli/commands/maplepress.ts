import type { Command } from 'commander';
import { addExamples } from '../options.js';
import {
  registerMaplePressSite,
  registerMaplePressSites,
  registerMaplePressUsage,
} from './maplepress-estate.js';
import {
  registerMaplePressDelete,
  registerMaplePressRegister,
  registerMaplePressRotateKey,
} from './maplepress-operations.js';

/** `sitewright maplepress`: WordPress sites and their API keys. */
export function registerMaplePress(program: Command): void {
  const maplePress = addExamples(
    program
      .command('maplepress')
      .description('register WordPress sites with MaplePress, and look after their API keys'),
    [
      'maplepress register https://example.com --wait',
      'maplepress sites --pending',
      'maplepress site example.com --json',
    ],
  );
  registerMaplePressRegister(maplePress);
  registerMaplePressRotateKey(maplePress);
  registerMaplePressDelete(maplePress);
  registerMaplePressSites(maplePress);
  registerMaplePressSite(maplePress);
  registerMaplePressUsage(maplePress);
}
