import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printEvents } from '../../../src/cli/ledger-export.js';
import { allOperationIds } from '../../../src/cli/ledger-operations.js';
import { openLedger, type Ledger } from '../../../src/ledger/index.js';
import { operation, opened } from '../ledger/fixture.js';

