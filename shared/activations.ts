/** Activation functions by Keras's names. `flops`: elementary operations per element, the convention for FLOPs. */
export const activations = {
  linear: { formula: 'x', flops: 0 },
  relu: { formula: 'max(x, 0)', flops: 1 },
  relu6: { formula: 'min(max(x, 0), 6)', flops: 2 },
  elu: { formula: 'x if x > 0 else eˣ − 1', flops: 3 },
  selu: { formula: '1.0507 · (x if x > 0 else 1.6733 · (eˣ − 1))', flops: 5 },
  sigmoid: { formula: '1 / (1 + e⁻ˣ)', flops: 4 },
  hardSigmoid: { formula: 'min(max(0.2 · x + 0.5, 0), 1)', flops: 4 },
  tanh: { formula: '(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)', flops: 5 },
  softplus: { formula: 'ln(1 + eˣ)', flops: 3 },
  softsign: { formula: 'x / (1 + |x|)', flops: 3 },
  softmax: { formula: 'eˣᵢ / Σⱼ eˣⱼ', flops: 5 },
  swish: { formula: 'x / (1 + e⁻ˣ)', flops: 5 },
  gelu: { formula: 'x · Φ(x)', flops: 8 },
  mish: { formula: 'x · tanh(ln(1 + eˣ))', flops: 8 },
} as const satisfies Table

/** Functions that only the Activation layer offers: within other layers the engines have the ones above. */
export const furtherActivations = {
  leakyRelu: { formula: 'x if x > 0 else 0.01 · x', flops: 2 },
  rrelu: { formula: 'x if x > 0 else x · a, a drawn from 1/8 … 1/3 while training, else their mean', flops: 2 },
  thresholdedRelu: { formula: 'x if x > 1 else 0', flops: 1 },
  step: { formula: '1 if x > 0 else 0', flops: 1 },
  hardSwish: { formula: 'x · min(max(x + 3, 0), 6) / 6', flops: 5 },
  logSoftmax: { formula: 'xᵢ − ln Σⱼ eˣⱼ', flops: 5 },
} as const satisfies Table

type Table = Readonly<Record<string, { readonly formula: string; readonly flops: number }>>
export type Activation = keyof typeof activations
export const activationNames = Object.keys(activations) as Activation[]
export type AnyActivation = Activation | keyof typeof furtherActivations
export const allActivations: Readonly<Record<AnyActivation, { readonly formula: string; readonly flops: number }>> = {
  ...activations,
  ...furtherActivations,
}
export const allActivationNames = Object.keys(allActivations) as AnyActivation[]

/** FLOPs of applying an activation to n elements; unknown names cost nothing. */
export const activationFlops = (name: string, n: number): number =>
  Object.hasOwn(allActivations, name) ? allActivations[name as AnyActivation].flops * n : 0
