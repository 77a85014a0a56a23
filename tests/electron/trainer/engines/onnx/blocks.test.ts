import { describe, expect, test } from 'vitest'
import { addBlock } from '#shared/blocks/index'
import { encodeTraining } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import { Builder, type Wire } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { createRandom } from '#shared/training/random'
import { blockSize } from '../../../../../electron/trainer/engines/onnx/blocked/blockSize'
import { NCHWC } from '../../../../../electron/trainer/engines/onnx/blocked/layout'
import { putInBlocks } from '../../../../../electron/trainer/engines/onnx/blocked/putInBlocks'
import { differentiate } from '../../../../../electron/trainer/engines/onnx/differentiate'
import { createSession, floatTensor } from '../../../../../electron/trainer/engines/onnx/session'

const BATCH = 3

function net(draw: (b: Builder, x: Wire) => Wire): Graph {
  const b = new Builder()
  draw(b, b.input([12, 12, 3]))
  return b.build()
}
const conv = (b: Builder, x: Wire, filters: number, more: object = {}) => b.layer('conv2d', { filters, ...more }, x)

const nets: Readonly<Record<string, Graph>> = {
  'pooling, whole and broken blocks': net((b, x) => {
    let y = x
    for (const filters of [6, 16]) y = b.layer('maxPooling2d', {}, conv(b, y, filters, { activation: 'relu' }))
    return b.layer('dense', { units: 4 }, b.layer('flatten', {}, conv(b, y, 24)))
  }),
  'pooling that overlaps, and means': net((b, x) => {
    const y = b.layer('maxPooling2d', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }, conv(b, x, 16))
    return b.layer('averagePooling2d', {}, b.layer('upSampling', {}, b.layer('averagePooling2d', {}, conv(b, y, 8))))
  }),
  'residual blocks with a stride': net((b, x) => {
    let y = addBlock(b, 'residual', { filters: 16, strides: 2, shortcut: 'projection' }, x, 'first')
    y = addBlock(b, 'residual', { filters: 16, strides: 1, shortcut: 'identity' }, y, 'second')
    return b.layer(
      'globalAveragePooling2d',
      {},
      addBlock(b, 'residual', { filters: 12, strides: 2, shortcut: 'projection' }, y, 'third'),
    )
  }),
  'inverted residual blocks': net((b, x) => {
    let y = conv(b, x, 16, { strides: [2, 2], useBias: false })
    y = addBlock(b, 'invertedResidual', { channels: 16, filters: 16, strides: 1, expansion: 2 }, y, 'first')
    return addBlock(b, 'invertedResidual', { channels: 16, filters: 24, strides: 2, expansion: 3 }, y, 'second')
  }),
  'squeeze and excitation, several activations': net((b, x) => {
    const y = addBlock(
      b,
      'squeezeExcite',
      { channels: 16, ratio: 4 },
      conv(b, x, 16, { activation: 'swish' }),
      'excite',
    )
    return conv(b, conv(b, y, 16, { activation: 'tanh', strides: [3, 3] }), 20, { activation: 'elu', padding: 'valid' })
  }),
  'branches side by side': net((b, x) => {
    const y = conv(b, x, 16, { activation: 'relu' })
    const branches = [
      conv(b, y, 8),
      conv(b, y, 24, { kernelSize: [1, 1] }),
      conv(b, y, 8, { kernelSize: [5, 5], activation: 'softsign' }),
    ]
    return conv(b, b.layer('concat', {}, branches), 8, { groups: 4 })
  }),
  'layers between that want other orders': net((b, x) => {
    const y = b.layer('layerNorm', {}, conv(b, x, 16, { dilationRate: [2, 2] }))
    return b.layer('groupNorm', { groups: 2 }, conv(b, b.layer('leakyReLU', {}, y), 16, { groups: 2 }))
  }),
}

/** Results of the network and gradients of everything trained, from the same random numbers. */
function compute(graph: Graph, block: number | null) {
  const { graph: g, inputs, outputs } = onnxNetwork(graph, { batch: BATCH })
  for (const [i, { shape }] of outputs.entries()) g.feed(`seed${i}`, shape)
  const trained = g.weights.map((w) => w.name).filter((name) => !name.includes('moving'))
  const found = differentiate(
    g,
    outputs.map((o, i) => [o.name, `seed${i}`]),
    [...trained, ...inputs.map((i) => i.name)],
  )
  const names = new Map([...found, ...outputs.map((o) => [o.name, o.name] as const)])
  for (const { value, weight } of g.moved) names.set(weight, value)
  const results = [...new Set(names.values())]
  if (block !== null) putInBlocks(g, results, block)
  const fed = [...inputs.map((i) => i.name), ...outputs.map((_, i) => `seed${i}`)]
  const session = createSession(encodeTraining(g, fed, results), { threads: 1 })
  const numbers = createRandom(3)
  const feeds = [
    ...fed.map((name) => [name, g.sizeOf(name)] as const),
    ...g.weights.map((w) => [w.name, w.from] as const),
  ].map(([name, shape]) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
      name.includes('Variance') ? numbers.uniform(0.5, 2) : numbers.normal(),
    )
    return [name, floatTensor(values, shape)] as const
  })
  const got = session.run(Object.fromEntries(feeds), Object.fromEntries(results.map((name) => [name, null])))
  session.dispose()
  return {
    blocked: g.nodes.filter((n) => n.domain === NCHWC && n.op === 'Conv').length,
    values: new Map([...names].map(([what, name]) => [what, got[name]?.data as Float32Array])),
  }
}

describe.skipIf(blockSize() === null)(
  'with channels in blocks everything is what it is with standard operators',
  () => {
    test.each(Object.entries(nets))('%s', (_, graph) => {
      const [want, have] = [compute(graph, null), compute(graph, blockSize())]
      expect(want.blocked).toBe(0)
      expect(have.blocked).toBeGreaterThan(0)
      expect([...have.values.keys()]).toEqual([...want.values.keys()])
      // A shift before a batch normalization changes nothing: its gradient is a rest of larger numbers that cancel out.
      const scale = Math.max(...[...want.values.values()].map((values) => Math.max(...values.map(Math.abs))))
      for (const [what, values] of want.values) {
        const worst = Math.max(...values.map((v, i) => Math.abs(v - (have.values.get(what)?.[i] ?? Number.NaN))))
        expect(worst / scale, what).toBeLessThan(1e-4)
      }
    })
  },
)
