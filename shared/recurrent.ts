import { type Activation, activationFlops, activationNames } from './activations'
import { useBiasField } from './convolution'
import { bool, choice, int } from './fields'
import type { Cost, MaybeShape, ShapeResult, WeightSpec } from './layer'
import { ofRank } from './rank'
import type { RecurrentArgs } from './tfjs'

export const recurrentFields = {
  units: int({ default: 64, max: 65_536, help: 'Size of the state and of the output.' }),
  activation: choice({ default: 'tanh', options: activationNames, help: 'Function of the state.' }),
  useBias: useBiasField,
  returnSequences: bool({ default: false, help: 'Puts out the state at every step, not only the last one.' }),
}
export const recurrentActivationField = choice({
  default: 'sigmoid',
  options: activationNames,
  help: 'Function of the gates.',
})

/** How many matrices of the size of a plain cell a kind of cell has. */
const gates = { simpleRNN: 1, gru: 3, lstm: 4 } as const
export type Cell = keyof typeof gates

type Params = Omit<RecurrentArgs, 'recurrentActivation'> & { readonly recurrentActivation?: Activation }

/** Steps × channels in; the last state, or all of them, out. */
export function recurrentShape(x: MaybeShape, p: Params, label: string, width = p.units): ShapeResult {
  const { shape, problems } = ofRank(x, 2, label)
  return { outputs: [p.returnSequences ? [shape[0] ?? null, width] : [width]], problems }
}

export function recurrentWeights(cell: Cell, x: MaybeShape, p: Params): WeightSpec[] {
  const columns = p.units * gates[cell]
  const channels = x?.length === 2 ? (x[1] ?? null) : null
  return [
    { name: 'kernel', shape: [channels, columns], trainable: true },
    { name: 'recurrentKernel', shape: [p.units, columns], trainable: true },
    ...(p.useBias ? [{ name: 'bias', shape: [columns], trainable: true }] : []),
  ]
}

/** MACs per step: (channels + units) · units · gates. Every state depends on all steps before it. */
export function recurrentCost(cell: Cell, x: readonly number[], p: Params): Cost {
  const [steps = 0, channels = 0] = x
  const columns = p.units * gates[cell]
  const macs = steps * (channels + p.units) * columns
  const gateFlops = activationFlops(p.recurrentActivation ?? 'linear', columns - p.units)
  const elementwise = (p.useBias ? columns : 0) + 3 * (columns - p.units) + activationFlops(p.activation, p.units)
  return {
    macs,
    flops: 2 * macs + steps * (elementwise + gateFlops),
    ...(p.returnSequences && { window: past(steps) }),
  }
}

/** What a state sees: itself and all steps before it. */
const past = (steps: number) => ({ size: [steps], strides: [1], dilation: [1], before: [steps - 1] })
export const recurrentDigest = (p: Params): string => [p.units, ...(p.returnSequences ? ['sequences'] : [])].join(' · ')
