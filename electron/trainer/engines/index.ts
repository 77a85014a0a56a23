import { err, ok, type Result } from '#shared/result'
import type { EngineInfo, EngineName } from '#shared/training/run'
import type { TrainerError } from '../protocol'
import { cpu } from './cpu/cpu'
import type { Engine } from './engine'
import { tensorflow } from './tensorflow/tensorflow'
import { wasm } from './wasm/wasm'

const engines = { wasm, tensorflow, cpu } satisfies Record<Exclude<EngineName, 'auto'>, Engine>

export const listEngines = (): readonly EngineInfo[] => Object.values(engines).map((e) => e.probe())

/** Loads an engine. `auto`: native TensorFlow where it is installed and loads, else the built-in one. */
export async function loadEngine(name: EngineName): Promise<Result<Engine, TrainerError>> {
  if (name !== 'auto') {
    const loaded = await engines[name].load()
    return loaded.ok ? ok(engines[name]) : loaded
  }
  let last: Result<Engine, TrainerError> = err({ code: 'unavailable', message: 'No engine is available.' })
  for (const engine of [tensorflow, wasm]) {
    if (!engine.probe().available) continue
    const loaded = await engine.load()
    if (loaded.ok) return ok(engine)
    last = loaded
  }
  return last
}
