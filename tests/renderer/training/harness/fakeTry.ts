import type { EvaluationReport } from '#shared/training/run'
import type { TryAnswer, TryQuestion, TrySubject } from '#shared/training/try'
import { digitConfusion } from './figures'

const labels = [...'0123456789']
const base64 = (values: readonly number[]): string =>
  btoa(String.fromCharCode(...new Uint8Array(Float32Array.from(values).buffer)))

export const fakeSubject: TrySubject = {
  shape: [28, 28, 1],
  columns: null,
  labels,
  meaning: 'probability',
  layers: [
    { id: 'c1', name: 'C1', type: 'conv2d' },
    { id: 'output', name: 'Output', type: 'dense' },
  ],
}

/** A network that is the surer of a 7 the more ink there is; its C1 has 6 planes of 2×3 with the numbers 0 to 35. */
export function fakeAnswer({ sample, layer, all }: TryQuestion): TryAnswer {
  const ink = sample.kind === 'drawing' ? [...atob(sample.ink)].filter((c) => c.charCodeAt(0) > 127).length : 0
  const sure = sample.kind === 'drawing' ? Math.min(0.5 + ink / 200, 0.95) : 0.6
  const values = Array.from({ length: 784 }, (_, i) =>
    sample.kind === 'drawing' ? (atob(sample.ink).charCodeAt(i) || 0) / 255 : 0,
  )
  return {
    outputs: labels.map((_, i) => (i === 7 ? sure : (1 - sure) / 9)),
    seen: { shape: [28, 28, 1], values: base64(values), low: 0, high: 1 },
    truth: sample.kind === 'heldOut' ? '7' : null,
    cells: null,
    notes: [],
    maps:
      layer === 'c1'
        ? {
            layer,
            shape: [2, 3, 80],
            planes: {
              height: 2,
              width: 3,
              channels: 1,
              count: 80,
              values: base64(Array.from({ length: (all ? 80 : 64) * 6 }, (_, i) => i)),
              low: 0,
              high: 479,
            },
            kernels: null,
          }
        : null,
  }
}

export const fakeEvaluation = (part: EvaluationReport['part']): EvaluationReport => ({
  data: 'digits',
  part,
  samples: 1000,
  loss: 0.0812,
  accuracy: 0.976,
  topK: [
    { k: 3, accuracy: 0.994 },
    { k: 5, accuracy: 0.999 },
  ],
  auc: 0.9991,
  confusion: { labels, counts: digitConfusion() },
  regression: null,
  pairs: null,
})
