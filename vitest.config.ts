import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/sequencer'

/** Tests of the built product: they start it as a person does. */
const built = ['tests/e2e/**/*.test.ts', 'tests/electron/cli/**/*.test.ts', 'tests/built/**/*.test.ts']
/**
 * Tests that share processes, since to load what they test takes longer than to test it; all that leave nothing behind there, such as
 * globals, timers or a backend of tfjs.
 */
const together = [
  'tests/{shared,templates,docs,cli-inspect}/**/*.test.ts',
  'tests/renderer/**/!(panels|files|store|failuresInChinese).test.ts',
  'tests/electron/{host,server}/*.test.ts',
]

export default defineConfig({
  test: {
    // Enough for a machine that is busy with other work too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One processor is not kept free: nothing else is to be answered meanwhile. More processes than processors are no faster.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'together', include: together, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'source',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: [...built, ...together],
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
