import { defineConfig } from 'vitest/config';

/**
 * `unit` needs nothing but Node; `integration` shares one Temporal dev server and one workflow
 * bundle per run (test/support/global-setup.ts).
 */
export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 300_000,
    teardownTimeout: 30_000,
    restoreMocks: true,
    // One second, the default, is outrun on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['./test/support/global-setup.ts'],
          testTimeout: 180_000,
        },
      },
    ],
  },
});
