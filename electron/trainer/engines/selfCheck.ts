import { Builder } from '#shared/graph/builder'
import { err, ok, type Result } from '#shared/result'
import { defaultTraining } from '#shared/training/config'
import { failure } from '#shared/training/failures'
import { createRandom } from '#shared/training/random'
import { compile } from '../compile'
import { Model } from '../model'
import type { TrainerError } from '../protocol'
import type { Engine } from './engine'

/** Losses of the small training run below, from the cpu engine. */
const KNOWN = [1.28974, 0.90279, 0.61389]
const TOLERANCE = 1e-3

/** Trains a small network with known weights for a few steps: an engine that computes wrongly is refused with its figures. */
export function selfCheck(engine: Engine): Result<null, TrainerError> {
  const losses = checkRun(engine)
  const wrong = losses.some((loss, i) => !(Math.abs(loss - (KNOWN[i] ?? Number.NaN)) < TOLERANCE))
  if (!wrong) return ok(null)
  const show = (values: readonly number[]) => values.map((v) => v.toFixed(5)).join(', ')
  return err({
    code: 'unavailable',
    message: failure('engineWrong', { engine: engine.name, received: show(losses), wanted: show(KNOWN) }),
  })
}

function checkRun(engine: Engine): readonly number[] {
  const b = new Builder()
  let x = b.layer('conv2d', { filters: 4, strides: [2, 2], activation: 'tanh' }, b.input([8, 8, 2]))
  x = b.layer('maxPooling2d', {}, b.layer('batchNorm', { momentum: 0.5 }, x))
  b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('flatten', {}, x))
  const compiled = compile(b.build())
  if (!compiled.ok) return [Number.NaN]
  const model = new Model(compiled.value, engine, { ...defaultTraining, optimizer: 'sgd' })
  try {
    model.initialize()
    const random = createRandom(1)
    const inputs = Float32Array.from({ length: 6 * 128 }, () => random.normal())
    const targets = Float32Array.from({ length: 18 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0))
    return KNOWN.map(() => model.trainStep(inputs, targets, 6, 0.1).loss)
  } finally {
    model.dispose()
  }
}
