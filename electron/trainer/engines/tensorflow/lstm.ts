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
      return execute(backend, 'NetloomLstm', [], [x, kernel, recurrent, bias], 4)
    },
  })
  tf.registerGradient({
    kernelName: LSTM,
    inputsToSave: ['kernel', 'recurrent'],
    outputsToSave: [false, true, true, true],
    gradFunc(dy, saved) {
      const [kernel, recurrent, states, gates, met] = saved
      const [dAnswers] = [dy].flat()
      if (!dAnswers || !kernel || !recurrent || !states || !gates || !met)
        throw new Error('The gradient of an LSTM was called without its inputs.')
      const [d] = execute(backend, 'NetloomLstmGrad', [], [dAnswers, recurrent, states, gates])
      const [all] = execute(backend, 'NetloomLstmGradWeights', [], [met, d])
      const [channels = 0, wide = 0] = kernel.shape
      const part = (first: number, count: number) => tf.slice(all, [first, 0], [count, wide])
      return {
        // Asked for only where something before the layer is trained.
        x: () => execute(backend, 'NetloomLstmGradInput', [], [d, kernel])[0],
        kernel: () => part(0, channels),
        bias: () => tf.reshape(part(channels, 1), [wide]),
        recurrent: () => part(channels + 1, wide / 4),
      }
    },
  })
}
