import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { defaultTraining } from '#shared/training/config'
import { compile } from '../../electron/trainer/compile'
import { engines as allEngines } from '../../electron/trainer/engines'
import type { Engine } from '../../electron/trainer/engines/engine'
import { Model } from '../../electron/trainer/model'
import { type NetName, nets } from './nets'

/** The reference engine is left out: it takes minutes for a step. */
const { cpu: _reference, ...timed } = allEngines
export const engines = timed
export type BenchEngine = keyof typeof engines
export const isBenchEngine = (name: string): name is BenchEngine => Object.hasOwn(engines, name)

/** A network with random data, and what trains it: forward, backward and SGD with momentum. */
export async function prepareTraining(engine: Engine, net: NetName, batch: number) {
  const loaded = await engine.load()
  if (!loaded.ok) throw new Error(loaded.error.message)
  const compiled = compile(nets[net]())
  if (!compiled.ok) throw new Error(compiled.error.message)
  const model = new Model(compiled.value, engine, { ...defaultTraining, optimizer: 'sgd' })
  model.initialize()
  const width = (compiled.value.inputs[0]?.shape ?? []).reduce((a, b) => a * b, 1)
  const x = Float32Array.from({ length: batch * width }, () => Math.random())
  const y = new Float32Array(batch * 10)
  for (let i = 0; i < batch; i++) y[i * 10 + (i % 10)] = 1
  return { step: () => model.trainStep(x, y, batch, 0.01), dispose: () => model.dispose() }
}

/**
 * One engine in a process of its own, so that its peak of memory is its own. Every line read is a time in seconds to train for; the answer
 * is images per second. At the end of the input comes the peak of resident memory in bytes.
 */
export async function trainWorker(engine: BenchEngine, net: NetName, batch: number): Promise<void> {
  const { step } = await prepareTraining(engines[engine], net, batch)
  for await (const line of createInterface({ input: process.stdin })) {
    const start = performance.now()
    let [steps, seconds] = [0, 0]
    while (steps === 0 || seconds < Number(line)) {
      step()
      steps++
      seconds = (performance.now() - start) / 1000
    }
    console.log((batch * steps) / seconds)
  }
  console.log(peak())
}

/** Linux keeps a process's own; elsewhere a child begins with that of its parent. */
function peak(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
}
