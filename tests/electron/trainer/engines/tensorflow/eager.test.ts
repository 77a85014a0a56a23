import { describe, expect, test } from 'vitest'
import { tensorflow } from '../../../../../electron/trainer/engines/tensorflow/tensorflow'
import { hasTensorflow, skipped } from '../../../tensorflow'
import { checkLayers } from '../../layerChecks'
import { comparable, differenceFromReference } from '../caseGradients'
import { checkKernels } from '../kernelChecks'

describe.skipIf(!hasTensorflow)(`operators of tfjs on TensorFlow${skipped}`, () => checkKernels(tensorflow))
describe.skipIf(!hasTensorflow)(`layers on TensorFlow${skipped}`, () => checkLayers(tensorflow))

describe.skipIf(!hasTensorflow)(`layers on TensorFlow equal the reference to 1e-4${skipped}`, () => {
  test.each(comparable)('$title', async (c) => {
    expect(await differenceFromReference(c, tensorflow)).toBeLessThan(1e-4)
  })
})
