import { OnnxGraph } from '#shared/export/onnx/graph'
import { encodeTraining } from '#shared/export/onnx/model'
import { createSession, floatTensor } from '../session'
import { NCHWC } from './layout'
import { putInBlocks } from './putInBlocks'

const SIZE = [1, 32, 5, 5] as const
const COUNT = 32 * 25
const TOLERANCE = 1e-4

let found: number | null | undefined

/**
 * How many channels ONNX Runtime puts into a block on this processor: 16 with AVX-512, else 8. Null where it has no such operators, or they
 * compute something else than the standard ones: they are its own affair and may change.
 */
export function blockSize(): number | null {
  if (found !== undefined) return found
  try {
    const block = probe()
    found = block !== null && agrees(block) ? block : null
  } catch {
    found = null
  }
  return found
}

/** Where the second place of the first channel has gone. */
function probe(): number | null {
  const g = new OnnxGraph({ batch: 1 })
  g.feed('x', SIZE.slice(1))
  g.place({ op: 'ReorderInput', name: 'y', inputs: ['x'], outputs: ['y'], attributes: {}, domain: NCHWC })
  const at = run(
    g,
    'y',
    Float32Array.from({ length: COUNT }, (_, i) => i),
  ).indexOf(1)
  return at === 8 || at === 16 ? at : null
}

/** A convolution of a map with filters taken from itself, in both layouts. */
function agrees(block: number): boolean {
  const input = Float32Array.from({ length: COUNT }, (_, i) => Math.sin(i))
  const [plain, blocked] = [null, block].map((size) => {
    const g = new OnnxGraph({ batch: 1 })
    g.feed('x', SIZE.slice(1))
    // 25 filters of 1×1, one from each place.
    const filters = g.op('Reshape', [g.op('Transpose', ['x'], { perm: [2, 3, 1, 0] }), g.ints([25, 32, 1, 1])])
    const attributes = { kernel_shape: [1, 1], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0], group: 1 }
    const y = g.op('Relu', [g.op('Conv', ['x', filters], attributes)])
    if (size !== null) putInBlocks(g, [y], size)
    return run(g, y, input)
  })
  return plain?.every((v, i) => Math.abs(v - (blocked?.[i] ?? Number.NaN)) < TOLERANCE) ?? false
}

function run(g: OnnxGraph, result: string, x: Float32Array): Float32Array {
  const session = createSession(encodeTraining(g, ['x'], [result]), { threads: 1 })
  const got = session.run({ x: floatTensor(x, SIZE) }, { [result]: null })
  session.dispose()
  return got[result]?.data as Float32Array
}
