/** The optimizers that the trainer has; `usesMomentum` decides whether the form shows the field. */
export const optimizers = {
  adam: { label: 'Adam', usesMomentum: false },
  sgd: { label: 'SGD with momentum', usesMomentum: true },
  nesterov: { label: 'SGD with Nesterov momentum', usesMomentum: true },
  rmsprop: { label: 'RMSprop', usesMomentum: false },
  rmspropCentered: { label: 'RMSprop, centred', usesMomentum: false },
  adagrad: { label: 'Adagrad', usesMomentum: false },
  adadelta: { label: 'Adadelta', usesMomentum: false },
  adamax: { label: 'Adamax', usesMomentum: false },
  nadam: { label: 'Nadam', usesMomentum: false },
  amsgrad: { label: 'AMSGrad', usesMomentum: false },
} as const

export type OptimizerType = keyof typeof optimizers
export const optimizerTypes = Object.keys(optimizers) as OptimizerType[]
