import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { createRandom } from '#shared/training/random'
import { cpu } from '../../../../electron/trainer/engines/cpu/cpu'
import type { Engine } from '../../../../electron/trainer/engines/engine'

interface Both {
  readonly reference: readonly number[][]
  readonly tried: readonly number[][]
}

/** A dy for `y`, the same to the last bit on every engine: their cosines differ. */
const varied = (y: tf.Tensor) =>
  tf.tensor(
    Float32Array.from({ length: y.size }, (_, i) => Math.cos(i)),
    y.shape,
  )

/** Values and gradients of `f` on the reference and on an engine, from the same seeded inputs (positive and negative). */
async function compare(
  engine: Engine,
  shapes: readonly (readonly number[])[],
  f: (...xs: tf.Tensor[]) => tf.Tensor,
): Promise<Both> {
  const random = createRandom(7)
  const values = shapes.map((s) => Float32Array.from({ length: s.reduce((a, b) => a * b, 1) }, () => random.normal()))
  const run = async (on: Engine) => {
    const loaded = await on.load()
    if (!loaded.ok) throw new Error(loaded.error.message)
    return tf.tidy(() => {
      const xs = values.map((v, i) => tf.tensor(v, [...(shapes[i] ?? [])]))
      const y = f(...xs)
      const dy = varied(y)
      return [y, ...tf.grads(f)(xs, dy)].map((t) => Array.from(t.dataSync()))
    })
  }
  return { reference: await run(cpu), tried: await run(engine) }
}

function expectEqual({ reference, tried }: Both, tolerance = 1e-4) {
  expect(tried.map((v) => v.length)).toEqual(reference.map((v) => v.length))
  reference.forEach((right, i) => {
    const scale = Math.max(1, ...right.map(Math.abs))
    const worst = right.reduce((max, v, j) => Math.max(max, Math.abs(v - (tried[i]?.[j] ?? Number.NaN))), 0)
    expect(worst / scale).toBeLessThan(tolerance)
  })
}

const kernels = [
  [1, 1],
  [2, 2],
  [3, 3],
  [5, 5],
  [1, 4],
  [5, 2],
] as const
const cases = kernels.flatMap((kernel) =>
  ([1, 2, 3, [2, 1], [1, 3]] as const).flatMap((strides) =>
    (['same', 'valid'] as const).map((pad) => ({ kernel, strides: strides as number | [number, number], pad })),
  ),
)

const depthwiseCases = cases.flatMap((c) => [1, 3].map((multiplier) => ({ ...c, multiplier })))

/** The kernel with zeros between its taps: what dilation means, computed without it. */
const spreadKernel = (w: tf.Tensor4D, d: number): tf.Tensor4D => {
  const [kh, kw, c, o] = w.shape
  const wide = tf.pad(tf.reshape(w, [kh, 1, kw, c * o]), [
    [0, 0],
    [0, d - 1],
    [0, 0],
    [0, (d - 1) * c * o],
  ])
  return tf.slice(
    tf.reshape(wide, [kh * d, kw * d, c, o]),
    [0, 0, 0, 0],
    [(kh - 1) * d + 1, (kw - 1) * d + 1, c, o],
  ) as tf.Tensor4D
}

const dilated = [
  { kernel: [3, 3], dilation: 2, pad: 'same' },
  { kernel: [3, 3], dilation: 2, pad: 'valid' },
  { kernel: [2, 3], dilation: 3, pad: 'valid' },
  { kernel: [1, 3], dilation: 4, pad: 'same' },
  { kernel: [2, 2], dilation: 2, pad: 'same' },
] as const

const pools = [
  { size: [2, 2], strides: 2, pad: 'valid' },
  { size: [3, 3], strides: 2, pad: 'same' },
  { size: [3, 2], strides: 1, pad: 'valid' },
] as const

/** Σ dy·y, differentiated by its definition. */
async function numericGradient(engine: Engine, shape: readonly number[], f: (x: tf.Tensor) => tf.Tensor) {
  await engine.load()
  return tf.tidy(() => {
    const random = createRandom(5)
    const x = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal())
    const value = (at: number, by: number) => {
      const moved = x.slice()
      moved[at] = (moved[at] ?? 0) + by
      return tf.tidy(() => {
        const y = f(tf.tensor(moved, [...shape]))
        return tf.sum(tf.mul(y, varied(y))).dataSync()[0] ?? Number.NaN
      })
    }
    const expected = Array.from(x, (_, i) => (value(i, 0.05) - value(i, -0.05)) / 0.1)
    const given = tf.tensor(x, [...shape])
    return {
      expected,
      got: Array.from(
        tf
          .grad(f)(given, varied(f(given)))
          .dataSync(),
      ),
    }
  })
}

/** What tfjs computes and differentiates on an engine, against the reference and, where that was wrong, difference quotients. */
export function checkKernels(own: Engine): void {
  const onBoth = (shapes: readonly (readonly number[])[], f: (...xs: tf.Tensor[]) => tf.Tensor) =>
    compare(own, shapes, f)

  test.each(cases)(
    'conv2d gradients: kernel $kernel, strides $strides, padding $pad',
    async ({ kernel, strides, pad }) => {
      const both = await onBoth(
        [
          [2, 9, 8, 3],
          [...kernel, 3, 4],
        ],
        (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad),
      )
      expectEqual(both)
    },
  )

  test.each(depthwiseCases)(
    'depthwise gradients: kernel $kernel, strides $strides, padding $pad, multiplier $multiplier',
    async ({ kernel, strides, pad, multiplier }) => {
      const both = await onBoth(
        [
          [2, 9, 8, 3],
          [...kernel, 3, multiplier],
        ],
        (x, w) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad),
      )
      expectEqual(both)
    },
  )

  test.each(dilated.flatMap((c) => [cpu, own].map((engine) => ({ ...c, engine, on: engine.name }))))(
    'dilated convolutions on $on: kernel $kernel, dilation $dilation, padding $pad',
    async ({ kernel, dilation, pad, engine }) => {
      const shapes = [
        [2, 11, 10, 3],
        [...kernel, 3, 2],
      ]
      for (const [ours, reference] of [
        [
          (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, pad, 'NHWC', dilation),
          (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, spreadKernel(w as tf.Tensor4D, dilation), 1, pad),
        ],
        [
          (x: tf.Tensor, w: tf.Tensor) =>
            tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, pad, 'NHWC', dilation),
          (x: tf.Tensor, w: tf.Tensor) =>
            tf.depthwiseConv2d(x as tf.Tensor4D, spreadKernel(w as tf.Tensor4D, dilation), 1, pad),
        ],
      ] as const) {
        const { reference: right } = await compare(cpu, shapes, reference)
        const { tried } = await compare(engine, shapes, ours)
        expectEqual({ reference: right, tried })
      }
    },
  )

  test.each(pools)(
    'pooling gradients on negative inputs: size $size, strides $strides, padding $pad',
    async ({ size, strides, pad }) => {
      const shapes = [[2, 9, 8, 3]]
      expectEqual(await onBoth(shapes, (x) => tf.maxPool(tf.sub(x, 5) as tf.Tensor4D, [...size], strides, pad)))
      expectEqual(await onBoth(shapes, (x) => tf.maxPool(x as tf.Tensor4D, [...size], strides, pad)))
      expectEqual(await onBoth(shapes, (x) => tf.avgPool(x as tf.Tensor4D, [...size], strides, pad)))
    },
  )

  test.each([cpu, own].map((engine) => ({ engine, on: engine.name })))(
    'gradients that tfjs has wrong equal difference quotients on $on',
    async ({ engine }) => {
      const functions: [readonly number[], (x: tf.Tensor) => tf.Tensor][] = [
        [[1, 5, 4, 2], (x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same')],
        [[1, 4, 5, 4, 1], (x) => tf.avgPool3d(x as tf.Tensor5D, 3, 2, 'same')],
        [[1, 3, 4, 2], (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [6, 12])],
        [[1, 3, 4, 2], (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [5, 7], true)],
      ]
      for (const [shape, f] of functions) {
        const { expected, got } = await numericGradient(engine, shape, f)
        expected.forEach((v, i) => {
          expect(got[i]).toBeCloseTo(v, 3)
        })
      }
    },
  )

  test('tanh, transposition, padding and sums equal the reference', async () => {
    const wide = [3, 40, 5, 7]
    expectEqual(await onBoth([wide], (x) => tf.tanh(tf.mul(x, 5))), 1e-6)
    for (const perm of [
      [3, 1, 2, 0],
      [1, 2, 0, 3],
      [0, 3, 1, 2],
      [3, 2, 1, 0],
      [0, 1, 2, 3],
      [2, 0, 3, 1],
    ])
      expectEqual(await onBoth([wide], (x) => tf.transpose(x, perm)), 1e-6)
    expectEqual(await onBoth([[70, 3, 90]], (x) => tf.transpose(x, [1, 0, 2])), 1e-6)
    for (const paddings of [
      [
        [0, 0],
        [1, 2],
        [0, 3],
        [0, 0],
      ],
      [
        [1, 0],
        [0, 0],
        [0, 0],
        [0, 2],
      ],
      [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ] as [number, number][][])
      expectEqual(await onBoth([wide], (x) => tf.pad(x, paddings, 0.5)), 1e-6)
    for (const axes of [[0], [0, 1], [0, 1, 2], [1], [3], [0, 1, 2, 3]]) {
      expectEqual(await onBoth([wide], (x) => tf.sum(x, axes)))
      expectEqual(await onBoth([wide], (x) => tf.mean(x, axes, true)))
    }
  })

  test('matrix products, transposed either way, equal the reference', async () => {
    for (const [ta, tb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const)
      for (const batch of [[], [2]])
        expectEqual(
          await onBoth(
            [
              [...batch, ...(ta ? [4, 3] : [3, 4])],
              [...batch, ...(tb ? [5, 4] : [4, 5])],
            ],
            (a, b) => tf.matMul(a, b, ta, tb),
          ),
        )
  })

  test('the gradient of a look-up adds up what repeated ids receive', async () => {
    expectEqual(await onBoth([[5, 3]], (table) => tf.gather(table, tf.tensor1d([0, 4, 4, 2, 0, 4], 'int32'))))
  })

  test.each([
    { shape: [3], reps: [4] },
    { shape: [1], reps: [5] },
    { shape: [2, 3], reps: [1, 1] },
    { shape: [2, 1, 3], reps: [2, 4, 1] },
    { shape: [2, 3, 1, 2], reps: [3, 1, 2, 2] },
  ])('tile $shape by $reps', async ({ shape, reps }) => {
    expectEqual(await onBoth([shape], (x) => tf.tile(x, reps)))
  })

  test('supplied kernels leave no tensors behind', async () => {
    await own.load()
    const step = () =>
      tf.tidy(() => {
        const x = tf.ones([2, 8, 8, 3]) as tf.Tensor4D
        const [w, d] = [tf.ones([3, 3, 3, 4]) as tf.Tensor4D, tf.ones([3, 3, 4, 2]) as tf.Tensor4D]
        const f = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
          tf.maxPool(
            tf.depthwiseConv2d(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same'), c as tf.Tensor4D, 2, 'same'),
            2,
            2,
            'valid',
          )
        tf.grads(f)([x, w, d])
      })
    step()
    const before = { tensors: tf.memory().numTensors, buffers: tf.memory().numDataBuffers }
    for (let i = 0; i < 5; i++) step()
    expect({ tensors: tf.memory().numTensors, buffers: tf.memory().numDataBuffers }).toEqual(before)
  })
}
