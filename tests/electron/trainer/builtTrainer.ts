import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { createTrainer, type Trainer } from '../../../electron/trainer/client'
import { requireLarge } from '../../../vite.node.config'

const root = join(import.meta.dirname, '../../..')

export interface BuiltTrainer {
  readonly folder: string
  readonly trainer: Trainer
  remove(): void
}

/** The processes of the trainer as they are shipped. */
const everything = {
  trainer: 'electron/trainer/index.ts',
  customLayers: 'electron/trainer/layers/index.ts',
  augmentThread: 'electron/trainer/data/augmentThread.ts',
}

/** The training process as it is shipped, or other entries of it, built into a folder of its own. */
export async function buildTrainer(entries: Readonly<Record<string, string>> = everything): Promise<BuiltTrainer> {
  // Inside the project, so that the built file finds its packages.
  const folder = mkdtempSync(join(root, 'node_modules', '.trainer-test-'))
  for (const [name, entry] of Object.entries(entries))
    await build({
      root,
      configFile: false,
      plugins: [requireLarge],
      logLevel: 'silent',
      publicDir: false,
      build: {
        ssr: true,
        target: 'node20',
        outDir: folder,
        emptyOutDir: false,
        rolldownOptions: { input: { [name]: entry }, output: { entryFileNames: '[name].js' } },
      },
    })
  // What the built files look up above themselves.
  writeFileSync(join(folder, 'package.json'), '{"type":"module","version":"0.0.0"}')
  const trainer = createTrainer({ entry: join(folder, 'trainer.js') })
  return { folder, trainer, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
