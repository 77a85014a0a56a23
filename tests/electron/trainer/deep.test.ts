import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Graph } from '#shared/graph/graph'
import type { EngineName, StepEvent } from '#shared/training/run'
import { readRun } from '../../../electron/trainer/runs'
import { type BuiltTrainer, buildTrainer } from './builtTrainer'
import { googlenet, resnet18 } from './narrow'
import { project } from './networks'

let built: BuiltTrainer
beforeAll(async () => {
  built = await buildTrainer()
})
afterAll(() => built.remove())

const STEPS = 500
/**
 * By how much the process may grow from its second hundred of steps to its last, in bytes. The engine's memory has its size by then;
 * what remains is garbage of JavaScript, of which some tens of MB gather before it is collected. If the activations of a step were lost,
 * which are 3 MB and more here, it would be 1 GB.
 */
const GROWTH = 64 * 2 ** 20

const mean = (steps: readonly StepEvent[]) => steps.reduce((sum, s) => sum + (s.loss ?? Number.NaN), 0) / steps.length
const lowest = (steps: readonly StepEvent[]) => Math.min(...steps.map((s) => s.memory?.resident ?? Number.NaN))

test.each<[string, EngineName, () => Graph]>([
  ['ResNet-18', 'wasm', () => resnet18(8, 10)],
  ['GoogLeNet', 'onnx', () => googlenet(10)],
])(
  '%s for 32×32 learns the built-in shapes on %s; memory stays flat over 500 steps',
  async (name, engine, draw) => {
    // Two epochs on half of the samples are the 500 steps; the other half is not looked at.
    const settings = { batchSize: 8, epochs: 2, validationSplit: 0, testSplit: 0.5, learningRate: 0.002 }
    const p = project(draw(), 'shapes', settings)
    const job = { project: p, engine, folder: join(built.folder, name), id: name } as const
    const done = await built.trainer.train(job, () => {}).done
    expect(done.ok ? '' : done.error.message).toBe('')
    const run = await readRun(job.folder)
    const steps = run.ok ? run.value.steps : []
    expect(steps).toHaveLength(STEPS)
    expect(mean(steps.slice(-100))).toBeLessThan(0.95 * mean(steps.slice(0, 100)))
    expect(new Set(steps.map((s) => s.memory?.tensors)).size).toBe(1)
    expect(new Set(steps.map((s) => s.memory?.tensorBytes)).size).toBe(1)
    expect(lowest(steps.slice(-100)) - lowest(steps.slice(100, 200))).toBeLessThan(GROWTH)
  },
  900_000,
)
