import { choice, defaultsOf, float, int, type ParamsOf } from '../fields'
import { type OptimizerType, optimizerTypes } from './optimizers'

/** Settings of a training run. The form, its limits, the file format and the command's options follow from these fields. */
export const trainingFields = {
  loss: choice({
    default: 'categoricalCrossentropy',
    options: ['categoricalCrossentropy', 'meanSquaredError'],
    help: 'What training makes small: cross-entropy for classes, mean squared error for numbers.',
  }),
  optimizer: choice<OptimizerType>({
    default: 'adam',
    options: optimizerTypes,
    help: 'How weights follow their gradients.',
  }),
  learningRate: float({ default: 0.001, min: 0, max: 10, open: true, help: 'Size of a step.' }),
  momentum: float({
    default: 0.9,
    min: 0,
    max: 0.9999,
    help: 'Share of the previous step that SGD keeps. Adam ignores it.',
  }),
  batchSize: int({ default: 64, max: 65_536, help: 'Samples per step.' }),
  epochs: int({ default: 5, max: 100_000, help: 'Passes over the training set.' }),
  validationSplit: float({ default: 0.2, min: 0, max: 0.9, help: 'Share of the data held out for validation.' }),
  seed: int({ default: 42, min: 0, max: 2 ** 31 - 1, help: 'Same seed, same data order and initial weights.' }),
} as const

export type TrainingConfig = ParamsOf<typeof trainingFields>
export const defaultTraining: TrainingConfig = defaultsOf(trainingFields)
