import type { OptimizerType } from '../../../training/optimizers'

interface WrittenOptimizer {
  /** Its class in torch.optim, and, where weights decay, that which takes the decay off the weights. */
  readonly type: string
  readonly decoupled?: string
  readonly options: readonly string[]
  /** Beside the weight decay: what makes the class take it off the weights. */
  readonly decoupledOptions?: readonly string[]
}
const EPS = 'eps=1e-7'
const momentum = 'momentum=MOMENTUM'

/** The optimizers with the constants of the run. PyTorch's SGD keeps gradients where Keras's keeps steps: the same at a constant rate. */
export const torchOptimizers: Readonly<Record<OptimizerType, WrittenOptimizer>> = {
  adam: { type: 'Adam', decoupled: 'AdamW', options: [EPS] },
  sgd: { type: 'SGD', options: [momentum] },
  nesterov: { type: 'SGD', options: [momentum, 'nesterov=MOMENTUM > 0'] },
  rmsprop: { type: 'RMSprop', options: ['alpha=0.9', EPS] },
  rmspropCentered: { type: 'RMSprop', options: ['alpha=0.9', EPS, 'centered=True'] },
  adagrad: { type: 'Adagrad', options: [EPS] },
  adadelta: { type: 'Adadelta', options: ['rho=0.95', EPS] },
  adamax: { type: 'Adamax', options: [EPS] },
  // So large a decay leaves the momentum constant from the first step on.
  nadam: {
    type: 'NAdam',
    decoupled: 'NAdam',
    options: [EPS, 'momentum_decay=1e6'],
    decoupledOptions: ['decoupled_weight_decay=True'],
  },
  amsgrad: { type: 'Adam', decoupled: 'AdamW', options: [EPS, 'amsgrad=True'] },
}
