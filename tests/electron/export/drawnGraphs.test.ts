import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeOnnx } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import { writeModel } from '#shared/export/torch/model'
import { torchNetwork } from '#shared/export/torch/network'
import { torchValues } from '#shared/export/torch/values'
import { Builder } from '#shared/graph/builder'
import { cpu } from '../../../electron/trainer/engines/cpu/cpu'
import { runModels } from '../../../electron/trainer/export/torch/check'
import { writeSafetensors } from '../../../electron/trainer/safetensors'
import { pythonWith } from '../python'
import { BATCH, tfjsAnswers } from './tfjsAnswers'

const python = pythonWith('torch')
const skipped = python ? '' : ' (skipped: no Python here can import torch; name one in NETLOOM_PYTHON)'

/** Wirings and settings at which the product and what it exports once went different ways. */
const drawn: Readonly<Record<string, (b: Builder) => void>> = {
  'a value that enters a layer twice, and others after that': (b) => {
    const x = b.layer('dense', { units: 4 }, b.input([3]))
    b.layer('multiply', {}, [x, x])
    b.layer('dense', { units: 2 }, x)
    b.layer('activation', { function: 'tanh' }, x)
  },
  'weights that are shared by maps and by sequences laid out as vectors': (b) => {
    const x = b.input([6, 4])
    const one = b.layer('dense', { units: 3 }, b.layer('flatten', {}, b.layer('batchNorm', {}, x)), { id: 'one' })
    const two = b.layer('dense', { units: 3 }, b.layer('flatten', {}, x), { id: 'two', sharedWith: 'one' })
    b.layer('add', {}, [one, two])
  },
  'layers called like functions of the module': (b) => {
    const x = b.input([7, 6, 2], { name: 'without scale' })
    const y = b.layer('averagePooling2d', { poolSize: [3, 3], padding: 'same' }, x)
    b.layer('conv2d', { filters: 2 }, b.layer('batchNorm', { scale: false }, y), { name: 'padded average' })
    b.layer('averagePooling2d', { poolSize: [3, 3], strides: [1, 1], padding: 'same' }, y, { name: 'padded average' })
    b.layer('dense', { units: 2 }, b.layer('batchNorm', { scale: false }, x), { name: 'without shift' })
  },
  'a reshaping that leaves a size open': (b) => {
    b.layer('dense', { units: 3 }, b.layer('reshape', { target: [2, -1] }, b.input([4, 3])))
  },
  'probabilities at every place of a map': (b) => {
    b.layer('softmax', {}, b.layer('conv2d', { filters: 3 }, b.input([4, 5, 2])))
  },
  'batch normalization of volumes, along either axis': (b) => {
    const x = b.input([3, 4, 5, 2])
    b.layer('batchNorm', {}, x)
    b.layer('batchNorm', { axis: 2, center: false }, x)
  },
  'layer normalization of volumes': (b) => {
    const x = b.input([3, 4, 5, 2])
    b.layer('layerNorm', {}, x)
    b.layer('layerNorm', { axis: [0, 1, 3] }, x)
    b.layer('layerNorm', { center: false }, x)
  },
  'strides over volumes that are larger than the window': (b) => {
    const x = b.input([6, 4, 6, 2])
    const settings = { strides: [3, 2, 2], padding: 'same' } as const
    b.layer('conv3d', { filters: 3, kernelSize: [1, 3, 1], ...settings }, x)
    b.layer('conv3d', { filters: 3, kernelSize: [1, 1, 1], strides: [2, 2, 2], padding: 'same' }, x)
    b.layer('maxPooling3d', { poolSize: [1, 3, 1], ...settings }, x)
    b.layer('averagePooling3d', { poolSize: [1, 3, 2], ...settings }, x)
    b.layer('averagePooling3d', { poolSize: [1, 1, 1], ...settings }, x)
  },
}

function make(draw: (b: Builder) => void) {
  const b = new Builder()
  draw(b)
  const graph = b.build()
  return { graph, ...tfjsAnswers({ graph, type: 'input', title: '' }) }
}

function expectClose(got: Float32Array | undefined, want: Float32Array | undefined): void {
  expect(got?.length).toBe(want?.length)
  const worst = want?.reduce((max, v, i) => Math.max(max, Math.abs(v - (got?.[i] ?? Number.NaN))), 0)
  const scale = want?.reduce((max, v) => Math.max(max, Math.abs(v)), 1) ?? 1
  expect((worst ?? Number.NaN) / scale).toBeLessThan(1e-5)
}

beforeAll(async () => {
  const loaded = await cpu.load()
  if (!loaded.ok) throw new Error(loaded.error.message)
})

test.each(Object.entries(drawn))('ONNX Runtime computes what tfjs computes: %s', async (_name, draw) => {
  const { arrays, graph, inputs, outputs, samples, want } = make(draw)
  const network = onnxNetwork(graph)
  const session = await InferenceSession.create(
    encodeOnnx(network, arrays, { name: 'drawn', version: '0', properties: {} }),
    { logSeverityLevel: 3 },
  )
  const feeds = network.inputs.map(({ name, shape }) => {
    const values = samples[inputs.findIndex((port) => port.id === name)]?.values ?? new Float32Array()
    return [name, new Tensor('float32', values, [BATCH, ...shape])] as const
  })
  const got = await session.run(Object.fromEntries(feeds))
  await session.release()
  for (const [i, { id }] of outputs.entries()) expectClose(got[id]?.data as Float32Array, want[i])
})

describe.skipIf(!python)(`PyTorch computes what tfjs computes${skipped}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-drawn-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(Object.entries(drawn))('%s', async (name, draw) => {
    const { arrays, graph, inputs, outputs, samples, want } = make(draw)
    const network = torchNetwork(graph, 'categoricalCrossentropy')
    if (!network.ok) throw new Error(network.error)
    const written = writeModel(network.value, graph, name)
    const [model, weights] = [join(folder, 'model.py'), join(folder, 'model.safetensors')]
    writeFileSync(model, written.text)
    writeFileSync(weights, writeSafetensors(torchValues(written.weights, arrays), {}))
    const given = network.value.inputs.flatMap(({ id }) => samples[inputs.findIndex((port) => port.id === id)] ?? [])
    const checked = { model, weights, className: written.name, network: network.value, samples: given }
    const ran = await runModels(python ?? '', [checked])
    if (!ran.ok) throw new Error(ran.error)
    for (const [i, { id }] of network.value.outputs.entries())
      expectClose(ran.value[0]?.[i], want[outputs.findIndex((o) => o.id === id)])
  })
})
