import * as tf from '@tensorflow/tfjs'
import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'
import type { TrainerError } from '../protocol'
import { supportDilation } from './dilation'
import { registerFusedGradient } from './fusedConv'
import { supportSinglePieces } from './unpack'

/** Makes a backend that is registered the one that tfjs computes with. */
export async function setBackend(name: string): Promise<Result<null, TrainerError>> {
  try {
    if (!(await tf.setBackend(name))) return unavailable(name, phrase('initializationFailed', {}))
    await tf.ready()
  } catch (e) {
    return unavailable(name, e instanceof Error ? e.message : String(e))
  }
  supportDilation()
  supportSinglePieces()
  registerFusedGradient()
  return ok(null)
}

const unavailable = (name: string, reason: string): Result<null, TrainerError> =>
  err({ code: 'unavailable', message: failure('engineUnavailable', { engine: name, reason }) })
