import * as tf from '@tensorflow/tfjs'
import { setBackend } from '../backend'
import { copyUpdate } from '../copyUpdate'
import type { Engine } from '../engine'
import { correctResizing } from './resize'

/** The reference: plain JavaScript, slow, and what the other engines are checked against. */
export const cpu: Engine = {
  name: 'cpu',
  probe: () => ({ name: 'cpu', version: tf.version.tfjs, available: true }),
  load() {
    correctResizing()
    return setBackend('cpu')
  },
  update: copyUpdate,
}
