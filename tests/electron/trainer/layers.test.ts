import { describe, expect, test } from 'vitest'
import { wasm } from '../../../electron/trainer/engines/wasm/wasm'
import { comparable, differenceFromReference } from './engines/caseGradients'
import { checkLayers } from './layerChecks'

checkLayers(wasm)

describe('layers on the built-in engine equal the reference to 1e-4', () => {
  test.each(comparable)('$title', async (c) => {
    expect(await differenceFromReference(c, wasm)).toBeLessThan(1e-4)
  })
})
