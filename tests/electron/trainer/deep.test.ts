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

/**
 * By how much the process may grow from its second fifth of steps to its last, in bytes. The engine's memory has its size by then;
 * what remains is garbage of JavaScript, of which some tens of MB gather before it is collected. If the activations of a step were lost,
 * which are 2.5 MB and more here, it would be 750 MB in 500 steps, 300 MB in 200 and 90 MB in 60.
 */
const GROWTH = 64 * 2 ** 20

const mean = (steps: readonly StepEvent[]) => steps.reduce((sum, s) => sum + (s.loss ?? Number.NaN), 0) / steps.length
const lowest = (steps: readonly StepEvent[]) => Math.min(...steps.map((s) => s.memory?.resident ?? Number.NaN))

test.each<[string, EngineName, number, () => Graph]>([
  ['ResNet-18', 'onnx', 500, () => resnet18(8, 10)],
  ['GoogLeNet', 'onnx', 200, () => googlenet(10)],
  // Slower by far.
  ['ResNet-18', 'wasm', 60, () => resnet18(8, 10)],
])(
  '%s for 32×32 learns the built-in shapes on %s; memory stays flat over %i steps',
  async (name, engine, count, draw) => {
    // Two epochs of so many batches; the other samples are not looked at.
    const testSplit = 1 - (count / 2) * (8 / 4000)
    const settings = { batchSize: 8, epochs: 2, validationSplit: 0, testSplit, learningRate: 0.002 }
    const p = project(draw(), 'shapes', settings)
    const id = `${name}-${engine}`
    const job = { project: p, engine, folder: join(built.folder, id), id } as const
    const done = await built.trainer.train(job, () => {}).done
    expect(done.ok ? '' : done.error.message).toBe('')
    const run = await readRun(job.folder)
    const steps = run.ok ? run.value.steps : []
    expect(steps).toHaveLength(count)
    const fifth = count / 5
    expect(mean(steps.slice(-fifth))).toBeLessThan(0.95 * mean(steps.slice(0, fifth)))
    expect(new Set(steps.map((s) => s.memory?.tensors)).size).toBe(1)
    expect(new Set(steps.map((s) => s.memory?.tensorBytes)).size).toBe(1)
    expect(lowest(steps.slice(-fifth)) - lowest(steps.slice(fifth, 2 * fifth))).toBeLessThan(GROWTH)
  },
  900_000,
)
