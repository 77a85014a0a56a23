import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { parseProject } from '#shared/project/parse'
import { noBrowser, openApp } from './app'
import { drag, pick, see, text } from './hands'

const picture = sharp({ create: { width: 16, height: 16, channels: 3, background: 'teal' } })

test('a commented drawing that flows to the right is saved and comes back', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp()
  const { page } = app
  const { keyboard } = page
  try {
    await page.getByText('LeNet-5').first().click()
    await pick(page, 'c1')
    await keyboard.press('Shift+C')
    await keyboard.type('First features\nof the image')
    await keyboard.press('Escape')
    const comment = page.getByTestId('comment-comment')
    await expect.poll(() => text(comment)).toBe('First features\nof the image')

    // Resized at its corner, and back by undo.
    const size = async () => (await comment.boundingBox())?.width ?? 0
    const before = await size()
    const box = await comment.boundingBox()
    const corner = { x: (box?.x ?? 0) + (box?.width ?? 0), y: (box?.y ?? 0) + (box?.height ?? 0) }
    await page.mouse.move(corner.x, corner.y)
    await page.mouse.down()
    await page.mouse.move(corner.x + 60, corner.y + 40, { steps: 4 })
    await page.mouse.up()
    await expect.poll(size).toBeGreaterThan(before + 30)
    await keyboard.press('Control+z')
    await expect.poll(size).toBeCloseTo(before, 0)

    // Turned: the second layer stands to the right of the first.
    await page.getByRole('button', { name: 'Flow from left to right' }).click()
    const left = async (id: string) => (await page.getByTestId(`node-${id}`).boundingBox())?.x ?? 0
    await expect.poll(async () => (await left('s2')) - (await left('c1'))).toBeGreaterThan(100)
    await app.picture('right')

    await keyboard.press('Control+s')
    await page.getByLabel('File name').fill('Turned')
    await keyboard.press('Enter')
    await see(page, 'Saved as Turned.netloom')
    const saved = parseProject(await readFile(join(app.workspace, 'Turned.netloom'), 'utf8'))
    expect(saved).toMatchObject({ value: { graph: { direction: 'right', comments: [{ color: 'yellow' }] } } })
    await page.reload()
    await expect.poll(() => text(comment)).toBe('First features\nof the image')
    await expect.poll(async () => (await left('s2')) - (await left('c1'))).toBeGreaterThan(100)
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
}, 300_000)

test('data of the workspace is chosen from a list, a table is uploaded, and a folder of pictures', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp({
    async open(workspace) {
      await mkdir(join(workspace, 'data'))
      for (const kind of ['cats', 'dogs']) {
        await mkdir(join(workspace, 'elsewhere', 'pets', kind), { recursive: true })
        for (const i of [1, 2, 3]) await picture.clone().toFile(join(workspace, 'elsewhere', 'pets', kind, `${i}.png`))
      }
      await writeFile(join(workspace, 'data', 'here.csv'), 'a,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n')
      return []
    },
  })
  const { page } = app
  try {
    await page.getByRole('tab', { name: 'Data' }).click()
    await page.getByRole('combobox', { name: 'In the workspace' }).click()
    await page.getByRole('option', { name: 'here.csv' }).click()
    await expect.poll(() => text(page.getByTestId('data-summary')), { timeout: 60_000 }).toMatch(/Samples\s*4/)
    const chooser = page.waitForEvent('filechooser')
    await page.getByTestId('upload').getByRole('button', { name: 'File' }).click()
    const buffer = Buffer.from('a,b,kind\n1,2,x\n3,4,y\n5,6,x\n')
    await (await chooser).setFiles([{ name: 'mine.csv', mimeType: 'text/csv', buffer }])
    await expect.poll(() => text(page.getByTestId('data-summary')), { timeout: 60_000 }).toMatch(/Samples\s*3/)
    expect(await readFile(join(app.workspace, 'data', 'mine.csv'))).toEqual(buffer)
    const folders = page.waitForEvent('filechooser')
    await page.getByTestId('upload').getByRole('button', { name: 'Folder' }).click()
    await (await folders).setFiles(join(app.workspace, 'elsewhere', 'pets'))
    await expect.poll(() => text(page.getByTestId('data-summary')), { timeout: 60_000 }).toMatch(/Samples\s*6/)
    expect((await readdir(join(app.workspace, 'data', 'pets'))).sort()).toEqual(['cats', 'dogs'])
    await app.picture('folder')
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
}, 300_000)

test('a network is compared with a file, and a part of it is kept as a block under a name', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp()
  const { page } = app
  const command = async (words: string) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(words)
    await page.getByRole('dialog').getByText(words).first().click()
  }
  try {
    await page.getByText('LeNet-5').first().click()
    await page.keyboard.press('Control+s')
    await page.getByLabel('File name').press('Enter')
    await see(page, 'Saved as LeNet-5.netloom')
    await pick(page, 's2')
    await page.keyboard.press('Delete')
    await command('Compare with another network')
    await page.getByRole('combobox', { name: 'Network to compare with' }).click()
    await page.getByRole('option', { name: 'LeNet-5' }).first().click()
    await expect.poll(() => text(page.getByTestId('comparison'))).toContain('S2')
    await page.keyboard.press('Escape')

    await pick(page, 'c1')
    await pick(page, 'c3', { toOthers: true })
    await command('Save as a block of my own')
    await page.getByRole('dialog').getByLabel('Name').fill('Stage')
    await page.keyboard.press('Enter')
    await drag(page, page.getByTestId('palette-Stage'), { x: 480, y: 400 })
    await page.getByTestId('frame-block1').waitFor()
    expect(await text(page.getByTestId('frame-block1'))).toContain('Stage')
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
}, 300_000)
