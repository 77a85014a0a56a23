/** The optimizers that the trainer has; `usesMomentum` decides whether the form shows the field. */
export const optimizers = {
  adam: { label: 'Adam', usesMomentum: false },
  sgd: { label: 'SGD with momentum', usesMomentum: true },
} as const

export type OptimizerType = keyof typeof optimizers
export const optimizerTypes = Object.keys(optimizers) as OptimizerType[]
