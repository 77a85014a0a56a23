import { ok, type Result } from '#shared/result'
import type { EngineInfo, EngineName } from '#shared/training/run'
import type { TrainerError } from '../protocol'
import { cpu } from './cpu/cpu'
import type { Engine } from './engine'
import { onnx, onnxOn } from './onnx/onnx'
import { providers } from './onnx/providers/provider'
import { selfCheck } from './selfCheck'
import { tensorflow } from './tensorflow/tensorflow'
import { wasm } from './wasm/wasm'
import { webgpu } from './webgpu/webgpu'

/** In the order of their speed. */
export const engines = {
  tensorflow,
  onnx,
  'onnx-cuda': onnxOn(providers['onnx-cuda']),
  'onnx-directml': onnxOn(providers['onnx-directml']),
  'onnx-coreml': onnxOn(providers['onnx-coreml']),
  'onnx-webgpu': onnxOn(providers['onnx-webgpu']),
  webgpu,
  wasm,
  cpu,
} satisfies Record<Exclude<EngineName, 'auto'>, Engine>

export const listEngines = (): Promise<readonly EngineInfo[]> =>
  Promise.all(Object.values(engines).map((e) => e.probe()))

/** Loads an engine and has it compute a known run, unless it has been `checked` before. `auto`: the fastest that is there and computes rightly. */
export async function loadEngine(name: EngineName, checked = false): Promise<Result<Engine, TrainerError>> {
  if (name !== 'auto') return load(engines[name], checked)
  for (const engine of Object.values(engines)) {
    const loaded = (await engine.probe()).available ? await load(engine, checked) : null
    if (loaded?.ok) return loaded
  }
  return load(cpu, checked)
}

/** The first of several that loads and computes rightly. `names`: the preferred one first, at least one; `checked`: those that have been. */
export async function loadFirst(
  names: readonly EngineName[],
  checked: ReadonlySet<string>,
): Promise<Result<Engine, TrainerError>> {
  const [first = 'auto', ...others] = names
  const loaded = await loadEngine(first, checked.has(first))
  return loaded.ok || others.length === 0 ? loaded : loadFirst(others, checked)
}

async function load(engine: Engine, checked: boolean): Promise<Result<Engine, TrainerError>> {
  const loaded = await engine.load()
  if (!loaded.ok) return loaded
  const computes = checked ? ok(null) : selfCheck(engine)
  return computes.ok ? ok(engine) : computes
}
