import { defineConfig } from 'vitest/config'

/** Tests of the built product: they start it as a person does. One file at a time, since each brings processes of its own. */
const built = ['tests/e2e/**/*.test.ts', 'tests/electron/cli/**/*.test.ts', 'tests/built/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: built,
          // One processor is not kept free: nothing else is to be answered meanwhile.
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: {
          name: 'built',
          include: built,
          globalSetup: 'tests/prepare.ts',
          fileParallelism: false,
          // A busy machine shows things later, not never.
          expect: { poll: { timeout: 20_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
