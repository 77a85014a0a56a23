import * as tf from '@tensorflow/tfjs'
import { setBackend } from '../backend'
import { copyUpdate } from '../copyUpdate'
import type { Engine } from '../engine'
import { correctKernels } from './corrections'

/** The reference: plain JavaScript, slow, and what the other engines are checked against. */
export const cpu: Engine = {
  name: 'cpu',
  probe: async () => ({ name: 'cpu', version: tf.version.tfjs, available: true }),
  load() {
    correctKernels()
    return setBackend('cpu')
  },
  update: copyUpdate,
}
