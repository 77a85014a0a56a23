import { ok, type Result } from '#shared/result'
import type { EngineTest } from '#shared/training/installation'
import type { EngineName } from '#shared/training/run'
import { loadEngine } from './engines'
import type { TrainerError } from './protocol'

/** Loads an engine and has it compute a known run; it must be a process's first. */
export async function testEngine(name: EngineName): Promise<Result<EngineTest, TrainerError>> {
  const began = performance.now()
  const engine = await loadEngine(name)
  if (!engine.ok) return engine
  const { version, device } = await engine.value.probe()
  return ok({
    name: engine.value.name,
    version,
    ...(device !== undefined && { device }),
    seconds: (performance.now() - began) / 1000,
  })
}
