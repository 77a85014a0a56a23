import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Puts the files that make an engine whole into a folder of engines, compiled for a library there; nothing in them can be loaded. */
export function putEngineFiles(engines: string, manifest: object = {}, others: readonly string[] = []): void {
  const engine = join(engines, 'tensorflow')
  const library = join(engines, 'tf', 'libtensorflow_cc.so.2')
  const about = {
    package: '@tensorflow/tfjs-node',
    libraries: [library],
    tensorflow: '2.21.0',
    device: 'CPU',
    ...manifest,
  }
  const addon = join(engine, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node')
  for (const path of [library, join(engine, 'engine.json'), addon, ...others.map((name) => join(engine, name))]) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, path.endsWith('engine.json') ? JSON.stringify(about) : '')
  }
}
