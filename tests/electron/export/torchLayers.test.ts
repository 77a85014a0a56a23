import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeModel } from '#shared/export/torch/model'
import { torchNetwork } from '#shared/export/torch/network'
import { torchValues } from '#shared/export/torch/values'
import { layerTypes } from '#shared/layers/index'
import { cpu } from '../../../electron/trainer/engines/cpu/cpu'
import { type CheckedModel, runModels } from '../../../electron/trainer/export/torch/check'
import { writeSafetensors } from '../../../electron/trainer/safetensors'
import { type LayerCase, layerCases } from '../layerCases'
import { pythonWith } from '../python'
import { tfjsAnswers } from './tfjsAnswers'

const python = pythonWith('torch')
const skipped = python ? '' : ' (skipped: no Python here can import torch; name one in NETLOOM_PYTHON)'

/** What tfjs makes of a case, and the model as it is written for PyTorch. */
function prepare(layerCase: LayerCase, folder: string, at: number) {
  const { inputs, outputs, arrays, samples, want } = tfjsAnswers(layerCase)
  const { graph } = layerCase
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
