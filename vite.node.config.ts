import { defineConfig, type Plugin } from 'vite'

/**
 * The part that runs in Node: the command line, the Electron shell and the training process as modules, with the packages of
 * `dependencies` left outside but for two; and the preload script as one CommonJS file, since a sandboxed window takes nothing else.
 */
const target = 'node20'
const outDir = 'dist/electron'

/**
 * CommonJS packages that are large. Imported, each is read a second time for the names of its exports, by a parser in JavaScript: with
 * these that is two fifths of the start of a training process. They are required instead.
 */
const large = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu']
const REQUIRED = '\0required:'
export const requireLarge: Plugin = {
  name: 'require-large',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'ssr',
  resolveId: (source, importer) =>
    large.includes(source) && !importer?.startsWith(REQUIRED) ? `${REQUIRED}${source}` : null,
  load: (id) => (id.startsWith(REQUIRED) ? `module.exports = require('${id.slice(REQUIRED.length)}')` : null),
}

export default defineConfig({
  publicDir: false,
  plugins: [requireLarge],
  builder: {
    async buildApp({ build, environments }) {
      for (const environment of Object.values(environments)) if (environment.name !== 'client') await build(environment)
    },
  },
  environments: {
    ssr: {
      // Of many files, most of which nothing here uses: in one piece they load in a fraction of the time.
      resolve: { noExternal: ['zod', 'fflate'] },
      build: {
        ssr: true,
        target,
        outDir,
        emptyOutDir: true,
        rolldownOptions: {
          input: {
            main: 'electron/main.ts',
            cli: 'electron/cli/index.ts',
            trainer: 'electron/trainer/index.ts',
            session: 'electron/trainer/session/index.ts',
            augmentThread: 'electron/trainer/data/augmentThread.ts',
          },
          external: ['electron'],
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    // On its own: exports of trained models take it along, for the layers that tfjs lacks.
    customLayers: {
      consumer: 'server',
      build: {
        ssr: true,
        target,
        outDir,
        emptyOutDir: false,
        rolldownOptions: {
          input: { customLayers: 'electron/trainer/layers/index.ts' },
          output: { entryFileNames: '[name].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      build: {
        ssr: true,
        target,
        outDir,
        emptyOutDir: false,
        rolldownOptions: {
          input: { preload: 'electron/preload.ts' },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
})
