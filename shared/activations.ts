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
} as const satisfies Record<string, { formula: string; flops: number }>

export type Activation = keyof typeof activations
export const activationNames = Object.keys(activations) as Activation[]

/** FLOPs of applying an activation to n elements; unknown names cost nothing. */
export const activationFlops = (name: string, n: number): number =>
  Object.hasOwn(activations, name) ? activations[name as Activation].flops * n : 0
