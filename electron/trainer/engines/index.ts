import { ok, type Result } from '#shared/result'
import type { EngineInfo, EngineName } from '#shared/training/run'
import type { TrainerError } from '../protocol'
import { cpu } from './cpu/cpu'
import type { Engine } from './engine'
import { onnx } from './onnx/onnx'
import { selfCheck } from './selfCheck'
import { tensorflow } from './tensorflow/tensorflow'
import { wasm } from './wasm/wasm'

const engines = { wasm, onnx, tensorflow, cpu } satisfies Record<Exclude<EngineName, 'auto'>, Engine>

export const listEngines = (): readonly EngineInfo[] => Object.values(engines).map((e) => e.probe())

/** Loads an engine and has it compute a known run. `auto`: native TensorFlow where it is installed and loads, else the built-in one. */
export async function loadEngine(name: EngineName): Promise<Result<Engine, TrainerError>> {
  if (name !== 'auto') return loadChecked(engines[name])
  const native = tensorflow.probe().available ? await loadChecked(tensorflow) : null
  return native?.ok ? native : loadChecked(wasm)
}

async function loadChecked(engine: Engine): Promise<Result<Engine, TrainerError>> {
  const loaded = await engine.load()
  if (!loaded.ok) return loaded
  const checked = selfCheck(engine)
  return checked.ok ? ok(engine) : checked
}
