import * as tf from '@tensorflow/tfjs'
import { LSTM } from '../../layers/lstm'
import { execute, nodeBackend } from './compiled/binding'

let done = false

/** The kernel `LSTM` and its gradient by our own operators, which are for processors only. After they are loaded. */
export function registerLstm(): void {
  const backend = nodeBackend()
  if (done || !backend || backend.isUsingGpuDevice) return
  done = true
  tf.registerKernel({
    kernelName: LSTM,
    backendName: 'tensorflow',
    kernelFunc({ inputs: { bias, kernel, recurrent, x } }) {
      if (!x || !kernel || !recurrent || !bias) throw new Error('An LSTM was called without its inputs.')
      return execute(backend, 'NetloomLstm', [], [x, kernel, recurrent, bias], 3)
    },
  })
  tf.registerGradient({
    kernelName: LSTM,
    inputsToSave: ['x', 'kernel', 'recurrent'],
    outputsToSave: [true, true, true],
    gradFunc(dy, saved) {
      const [x, kernel, recurrent, answers, states, gates] = saved
      const [dAnswers] = [dy].flat()
      if (!dAnswers || !x || !kernel || !recurrent || !answers || !states || !gates)
        throw new Error('The gradient of an LSTM was called without its inputs.')
      const given = [dAnswers, x, kernel, recurrent, answers, states, gates]
      const all = execute(backend, 'NetloomLstmGrad', [], given, 4) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
      return { x: () => all[0], kernel: () => all[1], recurrent: () => all[2], bias: () => all[3] }
    },
  })
}
