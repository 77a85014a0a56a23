import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeModel } from '#shared/export/torch/model'
import { torchNetwork } from '#shared/export/torch/network'
import { torchValues } from '#shared/export/torch/values'
import { layerTypes } from '#shared/layers/index'
import { createRandom } from '#shared/training/random'
import { compile, dispose } from '../../../electron/trainer/compile'
import { cpu } from '../../../electron/trainer/engines/cpu/cpu'
import { type CheckedModel, runModels } from '../../../electron/trainer/export/torch/check'
import { writeSafetensors } from '../../../electron/trainer/safetensors'
import { type LayerCase, layerCases } from '../layerCases'
import { pythonWith } from '../python'

const BATCH = 2
const count = (s: readonly number[]): number => s.reduce((a, b) => a * b, 1)
const python = pythonWith('torch')
const skipped = python ? '' : ' (skipped: no Python here can import torch; name one in NETLOOM_PYTHON)'

/** Weights and samples for a case: what tfjs makes of them, and the model as it is written for PyTorch. */
function prepare({ graph, type }: LayerCase, folder: string, at: number) {
  const compiled = compile(graph)
  if (!compiled.ok) throw new Error(compiled.error.message)
  const { model, weights, inputs, outputs } = compiled.value
  const random = createRandom(7)
  const arrays = new Map(
    weights.map(({ name, variable }) => {
      // Variances are positive.
      const values = Float32Array.from({ length: variable.size }, () =>
        name.endsWith('movingVariance') ? random.uniform(0.5, 2) : 0.5 * random.normal(),
      )
      variable.assign(tf.tensor(values, variable.shape))
      return [name, { values }]
    }),
  )
  const whole = type === ('embedding' as typeof type)
  const samples = inputs.map(({ shape }) => ({
    values: Float32Array.from({ length: BATCH * count(shape) }, () => (whole ? random.below(3) : random.normal())),
    shape: [BATCH, ...shape],
  }))
  const want = tf.tidy(() => {
    const xs = samples.map((s) => tf.tensor(s.values, s.shape))
    return [model.apply(xs, { training: false })].flat().map((y) => (y as tf.Tensor).dataSync() as Float32Array)
  })
  dispose(compiled.value)
  const network = torchNetwork(graph, 'categoricalCrossentropy')
  if (!network.ok) throw new Error(network.error)
  const written = writeModel(network.value, graph, 'Case')
  writeFileSync(join(folder, `model${at}.py`), written.text)
  writeFileSync(join(folder, `${at}.safetensors`), writeSafetensors(torchValues(written.weights, arrays), {}))
  const byId = new Map(inputs.map((port, i) => [port.id, samples[i]]))
  const checked: CheckedModel = {
    model: join(folder, `model${at}.py`),
    weights: join(folder, `${at}.safetensors`),
    className: written.name,
    network: network.value,
    samples: network.value.inputs.flatMap(({ id }) => byId.get(id) ?? []),
  }
  return { checked, want: network.value.outputs.map(({ id }) => want[outputs.findIndex((o) => o.id === id)]) }
}

describe.skipIf(!python)(`PyTorch computes what tfjs computes${skipped}`, () => {
  let results: readonly {
    readonly want: readonly (Float32Array | undefined)[]
    readonly got: readonly Float32Array[]
  }[] = []

  beforeAll(async () => {
    const loaded = await cpu.load()
    if (!loaded.ok) throw new Error(loaded.error.message)
    const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-layers-'))
    const prepared = layerCases.map((c, i) => prepare(c, folder, i))
    const ran = await runModels(
      python ?? '',
      prepared.map((p) => p.checked),
    )
    rmSync(folder, { recursive: true })
    if (!ran.ok) throw new Error(ran.error)
    results = prepared.map(({ want }, i) => ({ want, got: ran.value[i] ?? [] }))
  }, 300_000)

  test('every layer is among the cases', () => {
    expect(new Set(layerCases.map((c) => c.type))).toEqual(new Set(layerTypes.filter((t) => t !== 'input')))
  })

  test.each(layerCases.map((c, i) => ({ ...c, i })))('$title', ({ i }) => {
    const { got = [], want = [] } = results[i] ?? {}
    expect(got.length).toBe(want.length)
    want.forEach((expected = new Float32Array(), at) => {
      const values = got[at] ?? new Float32Array()
      expect(values.length).toBe(expected.length)
      const scale = expected.reduce((max, v) => Math.max(max, Math.abs(v)), 1)
      const worst = expected.reduce((max, v, k) => Math.max(max, Math.abs(v - (values[k] ?? Number.NaN))), 0)
      expect(worst / scale).toBeLessThan(1e-5)
    })
  })
})
