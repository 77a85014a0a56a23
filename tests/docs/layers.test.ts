import { expect, test } from 'vitest'
import { layersPage } from './layersPage'

test('docs/layers.md says what the definitions say; `npx vitest run tests/docs -u` writes it', async () => {
  await expect(layersPage()).toMatchFileSnapshot('../../docs/layers.md')
})
