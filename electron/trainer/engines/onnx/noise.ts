import type { Tensor } from 'onnxruntime-common'
import type { Noise } from '#shared/export/onnx/graph'
import { floatTensor } from './session'

/** By `Math.random`, as the layers of tfjs draw theirs. */
export function drawNoise({ kind, shape }: Noise, batch: number): Tensor {
  const values = new Float32Array(batch * shape.reduce((a, b) => a * b, 1))
  for (let i = 0; i < values.length; i++) values[i] = kind === 'uniform' ? Math.random() : normal()
  return floatTensor(values, [batch, ...shape])
}

/** Box and Muller, 1958. */
const normal = (): number => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
