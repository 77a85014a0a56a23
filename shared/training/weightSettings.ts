import { bool, checkField, choice, defaultsOf, type Field, type FieldValue, float, type ParamsOf } from '../fields'
import type { WeightSpec } from '../layer'
import type { Draft } from '../problems'
import { biasInitializerTypes, DEFAULT_SCALE, initializerTypes } from './initializers'

const penalty = (help: string) => float({ default: 0, min: 0, max: 1000, help })

/** How the weights of one layer begin and move. Every layer with weights has these settings, beside its own parameters. */
export const weightFields = {
  trainable: bool({
    default: true,
    help: 'Off: the layer is frozen, its weights stay as they are. A frozen batch normalization uses and keeps its moving statistics.',
  }),
  learningRateMultiplier: float({
    default: 1,
    min: 0,
    max: 1000,
    help: 'The learning rate of this layer is that of the training times this.',
  }),
  kernelInitializer: choice({
    default: 'glorotUniform',
    options: initializerTypes,
    help: 'What kernels and embeddings begin with.',
  }),
  kernelInitializerScale: float({
    default: DEFAULT_SCALE,
    min: -1000,
    max: 1000,
    help: 'Standard deviation of the normal ones, largest value of the uniform one, value of the constant.',
  }),
  recurrentInitializer: choice({
    default: 'orthogonal',
    options: initializerTypes,
    help: 'What the kernels begin with that lead from one state to the next.',
  }),
  biasInitializer: choice({
    default: 'zeros',
    options: biasInitializerTypes,
    help: 'What biases begin with.',
  }),
  biasInitializerScale: float({
    default: DEFAULT_SCALE,
    min: -1000,
    max: 1000,
    help: 'Standard deviation, largest value or value of the bias, as for kernels.',
  }),
  kernelL1: penalty('Adds this times the sum of the magnitudes of all kernels to the loss.'),
  kernelL2: penalty('Adds this times the sum of the squares of all kernels to the loss.'),
  biasL1: penalty('Adds this times the sum of the magnitudes of the biases to the loss.'),
  biasL2: penalty('Adds this times the sum of the squares of the biases to the loss.'),
} as const

export type WeightSettings = ParamsOf<typeof weightFields>
export type WeightSetting = keyof WeightSettings
export const weightSettingNames = Object.keys(weightFields) as WeightSetting[]
export const defaultWeightSettings: WeightSettings = defaultsOf(weightFields)

/** What a layer carries: only what is not as it comes. Absent: nothing. */
export type OwnWeightSettings = Partial<WeightSettings>
interface Carrier {
  readonly weightSettings?: OwnWeightSettings
}

export const weightSettingsOf = (node: Carrier): WeightSettings => ({
  ...defaultWeightSettings,
  ...node.weightSettings,
})
export const isFrozen = (node: Carrier): boolean => node.weightSettings?.trainable === false

/** The settings with a change made to them, without those that are as they come; undefined when none is left. */
export function changedSettings(own: OwnWeightSettings = {}, change: OwnWeightSettings): OwnWeightSettings | undefined {
  const all = { ...own, ...change }
  // In the order of the fields, so that files come out the same.
  const kept = weightSettingNames.flatMap((name) =>
    all[name] === undefined || all[name] === defaultWeightSettings[name] ? [] : [[name, all[name]] as const],
  )
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/** What is wrong with a layer's settings. */
export const weightSettingProblems = (own: OwnWeightSettings): readonly Draft[] =>
  Object.entries(own).flatMap(
    ([name, value]) => checkField(name, weightFields[name as WeightSetting] as Field, value as FieldValue) ?? [],
  )

export type WeightRole = 'kernel' | 'recurrent' | 'bias' | 'other'
/** What a weight is, by its name within the layer; scales, shifts, slopes and statistics are `other`. */
export function roleOf({ name }: Pick<WeightSpec, 'name'>): WeightRole {
  if (/recurrentKernel$/i.test(name)) return 'recurrent'
  if (/kernel$|^embeddings$/i.test(name)) return 'kernel'
  return /bias$/i.test(name) ? 'bias' : 'other'
}
