import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { type App, noBrowser, openApp } from './app'
import { dropFiles, place, see, text } from './hands'

let app: App
/** Where what is dropped lies: not in the workspace. */
let desk = ''
const at = (name: string) => join(desk, name)

/** One colour, so that the figures of its channels are known. */
const [red, green, blue] = [51, 102, 204]
const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: { r: red, g: green, b: blue } } })
    .png()
    .toBuffer()

beforeAll(async () => {
  if (noBrowser !== null) return
  desk = await mkdtemp(join(tmpdir(), 'netloom-desk-'))
  const graph = drawTemplate(templates.mlp, defaultsOf(templates.mlp.fields))
  await writeFile(
    at('net.netloom'),
    serializeProject({ name: 'Dropped network', graph, training: defaultTraining, data: 'digits' }),
  )
  await writeFile(at('broken.netloom'), '{')
  await writeFile(at('cat.png'), await picture())
  for (const kind of ['cats', 'dogs']) {
    await mkdir(at(`pets/${kind}`), { recursive: true })
    for (let i = 0; i < 10; i++) await writeFile(at(`pets/${kind}/${i}.png`), await picture())
  }
  app = await openApp()
})
afterAll(async () => {
  await app?.close()
  if (desk) await rm(desk, { recursive: true })
})

test('a project that is dropped anywhere opens, once unsaved work is safe', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  const canvas = page.getByTestId('canvas')
  await place(page, 'input', { x: 680, y: 300 })
  await page.getByTestId('node-input').waitFor()

  await dropFiles(page, canvas, [at('net.netloom')])
  await see(page, 'Save your changes?')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.getByTestId('node-input').count()).toBe(1)

  await page.getByRole('tab', { name: 'Data' }).click()
  await dropFiles(page, page.getByTestId('upload'), [at('net.netloom')])
  await page.getByRole('button', { name: 'Do not save' }).click()
  await expect.poll(() => page.title()).toContain('Dropped network')
  await expect.poll(() => text(page.getByTestId('status'))).toContain('109.4 K')

  await dropFiles(page, page.getByTestId('inspector'), [at('broken.netloom')])
  await see(page, 'This is not a Netloom project')
  expect(page.context().pages()).toHaveLength(1)
})

test('any other file does no harm, and people are told where it belongs', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  for (const place of ['canvas', 'inspector', 'status', 'drawer']) {
    await dropFiles(page, page.getByTestId(place), [at('cat.png')])
    await see(page, 'Dropped here, only .netloom files are opened')
  }
  await app.picture('dropped')
  expect(await page.title()).toContain('Dropped network')
  // A browser left to itself shows the file in a tab of its own.
  expect(page.context().pages()).toHaveLength(1)
})

test('a folder of pictures that is dropped becomes data, and its figures are told', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  await page.getByRole('tab', { name: 'Train' }).click()
  await page.getByRole('tab', { name: 'Data' }).click()
  await dropFiles(page, page.getByTestId('upload'), [at('pets')])
  const facts = page.getByTestId('data-summary')
  await expect.poll(() => text(facts)).toMatch(/Samples\s*20\s*Input\s*64×64×3\s*Classes\s*2/)
  await page.getByRole('listitem', { name: /^cats: 10/ }).waitFor()
  await page.getByRole('listitem', { name: /^dogs: 10/ }).waitFor()

  // Of what is left for training by a split of a fifth: 16 of 20.
  const figures = page.getByTestId('data-figures')
  await figures.getByTestId('measure-data').click()
  await expect.poll(() => text(figures)).toContain('16 samples')
  await app.picture('pets')
  for (const [channel, value] of [
    ['Red', red],
    ['Green', green],
    ['Blue', blue],
  ] as const) {
    const cells = await figures.getByRole('row', { name: channel }).getByRole('cell').allTextContents()
    const [mean, deviation, least, most] = cells.map(Number)
    for (const shown of [mean, least, most]) expect(shown).toBeCloseTo(value / 255, 3)
    expect(deviation).toBeLessThan(1e-4)
  }
  expect(app.complaints).toEqual([])
})
