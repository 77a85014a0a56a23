import { bool, choice, defaultsOf, float, int, list, type ParamsOf } from '../fields'
import { augmentationFields } from './augmentation'
import { classWeightModes } from './classWeights'
import { type LossType, lossTypes } from './losses'
import { type NormalizationType, normalizations } from './normalization'
import { type OptimizerType, optimizerTypes } from './optimizers'
import { type ScheduleType, scheduleTypes } from './schedules'

/** Settings of a training run. The form, its limits, the file format and the command's options follow from these fields. */
export const trainingFields = {
  loss: choice<LossType>({
    default: 'categoricalCrossentropy',
    options: lossTypes,
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
    help: 'Share of the previous step that SGD keeps. The others ignore it.',
  }),
  schedule: choice<ScheduleType>({
    default: 'constant',
    options: scheduleTypes,
    help: 'How the learning rate changes over the run.',
  }),
  decayRate: float({
    default: 0.96,
    min: 0,
    max: 1000,
    help: 'How far the exponential, natural exponential and inverse-time schedules fall. The others ignore it.',
  }),
  plateauPatience: int({
    default: 5,
    max: 100_000,
    help: 'The reduce-on-plateau schedule goes down to a tenth when the validation loss has not fallen for so many epochs. The others ignore it.',
  }),
  warmupSteps: int({ default: 0, min: 0, max: 10_000_000, help: 'Steps over which the learning rate first rises.' }),
  weightDecay: float({
    default: 0,
    min: 0,
    max: 1,
    help: 'Share of each kernel that is taken off per unit of learning rate; with Adam this is AdamW.',
  }),
  clipNorm: float({
    default: 0,
    min: 0,
    max: 1_000_000,
    help: 'Gradients are scaled down where the norm of all of them together is larger; 0 leaves them as they are.',
  }),
  clipValue: float({
    default: 0,
    min: 0,
    max: 1_000_000,
    help: 'Each number of a gradient is cut to at most this magnitude, before the norm is looked at; 0 leaves them as they are.',
  }),
  batchSize: int({ default: 64, max: 65_536, help: 'Samples that are computed at once.' }),
  gradientAccumulationSteps: int({
    default: 1,
    max: 4096,
    help: 'A step averages the gradients of so many batches: as a batch larger by this, in the memory of one. Batch normalization sees each batch for itself.',
  }),
  classWeight: choice({
    default: 'none',
    options: classWeightModes,
    help: 'How much a sample of each class counts in the loss of training: the same, inversely to how frequent the class is in the training part, or as given.',
  }),
  classWeightValues: list({
    default: [],
    max: 1_000_000,
    fractions: true,
    help: 'One weight per class, in the order of the classes, for custom class weights. The others ignore it.',
  }),
  epochs: int({ default: 5, max: 100_000, help: 'Passes over the training set.' }),
  validationSplit: float({ default: 0.2, min: 0, max: 0.9, help: 'Share of the data held out for validation.' }),
  testSplit: float({
    default: 0,
    min: 0,
    max: 0.5,
    help: 'Share of the data that training and validation never see.',
  }),
  normalization: choice<NormalizationType>({
    default: 'none',
    options: normalizations,
    help: 'Brings each channel or column to one scale by figures of the training part: to mean 0 and deviation 1, or to 0…1.',
  }),
  ...augmentationFields,
  patience: int({
    default: 0,
    min: 0,
    max: 100_000,
    help: 'Training ends when the validation loss has not fallen for so many epochs; 0 goes on to the last.',
  }),
  restoreBest: bool({
    default: false,
    help: 'At the end the weights of the epoch with the lowest validation loss come back.',
  }),
  seed: int({ default: 42, min: 0, max: 2 ** 31 - 1, help: 'Same seed, same data order and initial weights.' }),
} as const

export type TrainingConfig = ParamsOf<typeof trainingFields>
export const defaultTraining: TrainingConfig = defaultsOf(trainingFields)
