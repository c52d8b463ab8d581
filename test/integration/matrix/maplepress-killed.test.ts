import { describe } from 'vitest';
import * as deletion from '../../matrix/maplepress-delete/index.js';
import { registerMatrix } from '../../matrix/maplepress-register/index.js';
import * as registration from '../../matrix/maplepress-register/kills.js';
import { rotationMatrix } from '../../matrix/maplepress-rotate-key/index.js';
import * as rotation from '../../matrix/maplepress-rotate-key/kills.js';
import { KILLED_POLICY } from '../../matrix/maplepress-shared/worlds.js';
import { testKilledRows } from '../../matrix/kill-suite.js';

const environment = { SITEWRIGHT_POLICY: KILLED_POLICY };

describe('a registration', () => {
  testKilledRows(registerMatrix, registration.killRows, environment);
});

describe('a rotation', () => {
  testKilledRows(rotationMatrix, rotation.killRows, environment);
});

describe('a deletion', () => {
  testKilledRows(deletion.deletionMatrix, deletion.killRows, environment);
});
