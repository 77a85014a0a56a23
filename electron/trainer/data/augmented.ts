import { type Augmentation, augment, augmentationOf, isAugmented, isImage } from '#shared/training/augmentation'
import type { TrainingConfig } from '#shared/training/config'
import { type Note, note } from '#shared/training/notes'
import { sampleRandom } from '#shared/training/random'
import type { Compiled } from '../compile'
import type { Orders } from './augmentThread'
import type { DataSet } from './dataSet'
import { fitToNetwork } from './fit'

/** Training samples that are changed: an epoch's, fitted to the network, and what threads must know to do the same. */
export interface Augmenting {
  data(epoch: number): DataSet
  readonly orders: Orders
}

/** Null where nothing is to be changed, or the samples are no images. */
export function augmenting(config: TrainingConfig, source: DataSet, compiled: Compiled): Augmenting | null {
  if (!isAugmented(config) || !isImage(source.inputShape)) return null
  const changing = augmented(source, config, config.seed)
  const fitted = fitToNetwork(changing.data, compiled)
  if (!fitted.ok) return null
  const { inputShape, range } = source
  const inputs = compiled.inputs.map(({ id, name, shape }) => ({ id, name, shape }))
  return {
    data(epoch) {
      changing.epoch = epoch
      return fitted.value.data
    },
    orders: { data: { inputShape, range }, settings: augmentationOf(config), seed: config.seed, inputs },
  }
}

/** What is to be said of augmentation that cannot be, or that may make other signs of some. */
export function augmentationNotes(config: Augmentation, { inputShape, labels }: DataSet): readonly Note[] {
  if (!isAugmented(config)) return []
  if (!isImage(inputShape)) return [note('augmentationUnused', { shape: inputShape.join('×') })]
  return config.flip !== 'none' && labels && areSigns(labels) ? [note('mirroredSigns', {})] : []
}

/** Classes that are called like digits or letters. */
const areSigns = (labels: readonly string[]): boolean => labels.every((label) => /^[0-9a-z]$/i.test(label))

/** Data whose images are other versions of themselves in every epoch. */
export interface Augmented {
  readonly data: DataSet
  /** From 0; decides the versions together with the seed and the number of the sample. */
  epoch: number
}

/** Labels, order and everything else stay as they are. The samples of `data` must be images. */
export function augmented(data: DataSet, settings: Augmentation, seed: number): Augmented {
  const image = new Float32Array(data.inputShape.reduce((a, b) => a * b, 1))
  const self = {
    epoch: 0,
    data: {
      ...data,
      read(index: number, to: Float32Array, offset: number) {
        data.read(index, image, 0)
        const result = to.subarray(offset, offset + image.length)
        augment(image, result, data.inputShape, data.range, settings, sampleRandom(seed, self.epoch, index))
      },
    },
  }
  return self
}
