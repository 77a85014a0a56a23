import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { type App, noBrowser, openApp } from './app'
import { pick, size } from './hands'

/** Opens the app with a project file of the given content. */
const openWith = (content: string): Promise<App> =>
  openApp({
    async open(workspace) {
      const path = join(workspace, 'hostile.netloom')
      await writeFile(path, content)
      return [path]
    },
  })

const script = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`

test('script in the names of a project is shown as text and never runs', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const b = new Builder()
  b.group(script, undefined, () => b.layer('flatten', {}, b.input([28, 28, 1]), { id: script, name: script }))
  const note = { id: script, text: script, position: { x: 400, y: 0 }, size: { width: 240, height: 160 } }
  const graph = { ...b.build(), comments: [{ ...note, color: 'yellow' as const }] }
  const app = await openWith(serializeProject({ name: script, graph, training: defaultTraining, data: script }))
  try {
    await size(app.page, 'input1').waitFor()
    expect(await app.page.getByTestId(`comment-${script}`).textContent()).toBe(script)
    await pick(app.page, 'input1')
    await app.page.getByRole('tab', { name: 'Data' }).click()
    await app.page.getByText(script).first().waitFor()
    await app.picture('script')
    expect(await app.page.evaluate(() => 'hacked' in window)).toBe(false)
    expect(await app.page.locator('img[src="x"]').count()).toBe(0)
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
})

test.for([
  ['cut short', '{"format":1,"name":"x","graph":{"nodes":[', 'it is not JSON'],
  ['of a newer version', '{"format":99}', 'saved by a newer version'],
  ['of 100 MB', `{"format":1,"name":"${'x'.repeat(100_000_000)}"}`, 'more than the'],
  ['with __proto__ keys', '{"format":1,"__proto__":{"hacked":1}}', 'the key __proto__ is not allowed'],
])('a project file %s: a message, and the window works on', async ([_name, content = '', reason = ''], { skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openWith(content)
  try {
    const { page } = app
    await page.getByText(reason).first().waitFor()
    await page.getByText('Blank input').click()
    await expect.poll(() => page.getByTestId('size').first().textContent()).toBe('28×28×1')
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
})
