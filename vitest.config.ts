import { defineConfig } from 'vitest/config'

/** Tests of the built product: they start it as a person does. */
const built = ['tests/e2e/**/*.test.ts', 'tests/electron/cli/**/*.test.ts', 'tests/built/**/*.test.ts']
/** Tests of functions that keep nothing: their files need no process of their own each. */
const pure = ['tests/shared/**/*.test.ts', 'tests/templates/**/*.test.ts']

export default defineConfig({
  test: {
    // Enough for a machine that is busy with other work too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One processor is not kept free: nothing else is to be answered meanwhile.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: pure, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'source',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: [...built, ...pure],
        },
      },
      {
        extends: true,
        test: {
          name: 'built',
          include: built,
          globalSetup: 'tests/prepare.ts',
          // A busy machine shows things later, not never.
          expect: { poll: { timeout: 20_000 } },
          // After the others: a window is not watched while both processors compute.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
