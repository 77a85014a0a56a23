import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { defaultTraining } from '#shared/training/config'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { compile } from '../../../electron/trainer/compile'
import { makeBatches, readBatch } from '../../../electron/trainer/data/batch'
import { fitToNetwork } from '../../../electron/trainer/data/fit'
import { shapes } from '../../../electron/trainer/data/shapes'
import { wasm } from '../../../electron/trainer/engines/wasm/wasm'
import { Model } from '../../../electron/trainer/model'

const BATCH = 6

test.each([
  { name: 'resnet18', side: 32, steps: 8, rate: 0.001 },
  { name: 'googlenet', side: 64, steps: 16, rate: 0.0003 },
] as const)(
  '$name learns a batch of shapes, and memory stays flat',
  async ({ name, side, steps, rate }) => {
    await wasm.load()
    const template = templates[name]
    const graph = drawTemplate(template, { ...defaultsOf(template.fields), input: [side, side, 3], classes: 6 })
    const compiled = compile(graph)
    if (!compiled.ok) throw new Error(compiled.error.message)
    const model = new Model(compiled.value, wasm, defaultTraining)
    model.initialize()
    const fitted = fitToNetwork(shapes(), compiled.value)
    if (!fitted.ok) throw new Error(fitted.error.message)
    const { data } = fitted.value
    const { x, y } = await readBatch(
      data,
      Uint32Array.from({ length: BATCH }, (_, i) => i),
      makeBatches(data, BATCH),
    )
    const losses: number[] = []
    const tensors = new Set<number>()
    for (let i = 0; i < steps; i++) {
      losses.push(model.trainStep(x, y, BATCH, rate).loss)
      tensors.add(tf.memory().numTensors)
    }
    // Dropout makes single steps uneven.
    const end = losses.slice(-4).reduce((sum, v) => sum + v / 4, 0)
    expect(end).toBeLessThan((losses[0] ?? 0) * 0.95)
    expect(tensors.size).toBe(1)
    model.dispose()
  },
  240_000,
)
