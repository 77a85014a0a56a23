import * as tf from '@tensorflow/tfjs'
import { setBackend } from '../backend'
import { copyUpdate } from '../copyUpdate'
import type { Engine } from '../engine'

/** The reference: plain JavaScript, slow, and what the other engines are checked against. */
export const cpu: Engine = {
  name: 'cpu',
  probe: () => ({ name: 'cpu', version: tf.version.tfjs, available: true }),
  load: () => setBackend('cpu'),
  update: copyUpdate,
}
