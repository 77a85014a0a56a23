import { checkField } from '#shared/fields'
import { augmentationFields } from '#shared/training/augmentation'
import { defaultTraining, type TrainingConfig, trainingFields } from '#shared/training/config'
import { optimizers } from '#shared/training/optimizers'
import type { ScheduleType } from '#shared/training/schedules'

type Name = keyof TrainingConfig
const names = Object.keys(trainingFields) as Name[]

/** What is changed most often: always seen. */
export const basicSettings: readonly Name[] = ['loss', 'optimizer', 'learningRate', 'batchSize', 'epochs']

/** The rest stands in folded groups. A setting that no group names is in `more`, so that none is ever missing. */
export const settingGroups = ['optimizer', 'schedule', 'data', 'augmentation', 'ending', 'more'] as const
export type SettingGroup = (typeof settingGroups)[number]
const placed: Readonly<Record<Exclude<SettingGroup, 'more'>, readonly Name[]>> = {
  optimizer: ['momentum', 'weightDecay', 'clipNorm', 'clipValue', 'gradientAccumulationSteps'],
  schedule: ['schedule', 'decayRate', 'plateauPatience', 'warmupSteps'],
  data: ['validationSplit', 'testSplit', 'normalization', 'classWeight', 'classWeightValues', 'seed'],
  augmentation: Object.keys(augmentationFields) as Name[],
  ending: ['patience', 'restoreBest'],
}
const elsewhere = new Set<Name>([...basicSettings, ...Object.values(placed).flat()])

/** The settings of a group that the others do not make idle. */
export const settingsOf = (group: SettingGroup, training: TrainingConfig): readonly Name[] =>
  (group === 'more' ? names.filter((n) => !elsewhere.has(n)) : placed[group]).filter((n) => isUsed(n, training))

/** The schedules that fall at a rate of one's own. */
const decaying: readonly string[] = ['exponential', 'naturalExponential', 'inverseTime'] satisfies ScheduleType[]
function isUsed(name: Name, training: TrainingConfig): boolean {
  if (name === 'momentum') return optimizers[training.optimizer]?.usesMomentum
  if (name === 'decayRate') return decaying.includes(training.schedule)
  if (name === 'plateauPatience') return training.schedule === 'reduceOnPlateau'
  return name !== 'classWeightValues' || training.classWeight === 'custom'
}

/** How many of the settings are not as they come. */
export const countChanged = (settings: readonly Name[], training: TrainingConfig): number =>
  settings.filter((n) => JSON.stringify(training[n]) !== JSON.stringify(defaultTraining[n])).length

/** What is wrong with one setting; null when nothing is. */
export const wrongSetting = (name: Name, training: TrainingConfig) =>
  checkField(name, trainingFields[name], training[name])
export const hasWrong = (training: TrainingConfig, settings: readonly Name[] = names): boolean =>
  settings.some((n) => wrongSetting(n, training) !== null)
