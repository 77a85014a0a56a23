import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { noBrowser, openApp } from './app'

test('the project named at the start is opened', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const graph = drawTemplate(templates.mlp, defaultsOf(templates.mlp.fields))
  const text = serializeProject({ name: 'Given network', graph, training: defaultTraining, data: 'digits' })
  const app = await openApp({
    async open(workspace) {
      const path = join(workspace, 'elsewhere.netloom')
      await writeFile(path, text)
      return [path]
    },
  })
  try {
    await app.page.getByText('Given network').first().waitFor()
    await app.picture('given')
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
})
