import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { type EpochEvent, trainEventSchema } from '#shared/training/run'
import { figure } from '../../renderer/training/format'
import { type App, noBrowser, openApp } from './app'
import { fill, set, text } from './hands'
import { seeState } from './lenet'
import { trainedRun } from './trained'

/** Two classifiers of the same points: one behind all layers, one in between. */
function twoOutputs(): Project {
  const b = new Builder()
  const near = b.layer('dense', { units: 8, activation: 'tanh' }, b.input([2]), { id: 'near' })
  const side = b.layer('dense', { units: 2, activation: 'softmax' }, near, { id: 'side' })
  b.layer('output', { lossWeight: 0.5 }, side, { name: 'Halfway' })
  const far = b.layer('dense', { units: 8, activation: 'tanh' }, near, { id: 'far' })
  b.layer('dense', { units: 2, activation: 'softmax' }, far, { id: 'end', name: 'End' })
  const training = { ...defaultTraining, epochs: 30, learningRate: 0.02 }
  return { name: 'Two ends', graph: b.build(), training, data: 'spirals' }
}

let app: App
let run = ''
beforeAll(async () => {
  if (noBrowser !== null) return
  app = await openApp({
    async open(workspace) {
      const project = twoOutputs()
      run = await trainedRun(workspace, 'two', project)
      const path = join(workspace, 'two.netloom')
      await writeFile(path, serializeProject(project))
      return [path]
    },
  })
}, 300_000)
afterAll(() => app?.close())

async function lastEpoch(): Promise<EpochEvent> {
  const lines = (await readFile(join(run, 'metrics.ndjson'), 'utf8')).trim().split('\n')
  const events = lines.map((line) => trainEventSchema.parse(JSON.parse(line)))
  const last = events.findLast((e) => e.kind === 'epoch')
  if (last?.kind !== 'epoch') throw new Error('The run tells of no epoch.')
  return last
}

const summary = () => app.page.getByTestId('chart-loss').getAttribute('aria-label')

test('of a network with two outputs the loss of each can be seen', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  await page.getByTestId('node-near').waitFor()
  await page.getByRole('tab', { name: 'Runs' }).click()
  await page.getByTestId('runs').getByRole('button', { name: 'Two ends' }).click()
  await page.getByRole('tab', { name: 'Train' }).click()

  const { valLoss, valLosses = [] } = await lastEpoch()
  const [halfway, end] = [valLosses[0] ?? null, valLosses[1] ?? null]
  expect(halfway).not.toBe(end)
  expect(valLoss).toBeCloseTo(0.5 * (halfway ?? 0) + (end ?? 0), 5)
  const chooser = page.getByTestId('curve-output')
  for (const [option, loss] of [
    ['Loss of Halfway', halfway],
    ['Loss of End', end],
    ['Loss of all outputs', valLoss],
  ] as const) {
    await chooser.click()
    await page.getByRole('option', { name: option, exact: true }).click()
    await expect.poll(summary).toContain(`Validation ${figure(loss)}`)
    if (option === 'Loss of End') await app.picture('output')
  }
  expect(app.complaints).toEqual([])
})

test('training begins with the weights of an earlier run, as far as they fit', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  const { valLoss } = await lastEpoch()
  const help = page.getByTestId('start-from-help')
  const drawer = page.getByTestId('drawer')
  await page.getByTestId('start-from').getByRole('combobox').click()
  await page.getByRole('option', { name: /^Two ends/ }).click()
  await expect.poll(() => text(help)).toBe('All 8 weights fit.')
  await app.picture('start-from')

  // So little is learned in one epoch that the loss is what it was.
  await fill(drawer.getByTestId('field-epochs'), '1')
  await fill(drawer.getByTestId('field-learningRate'), '0.00001')
  await page.getByTestId('train').click()
  await seeState(page, 'completed')
  const reached = Number(/Validation ([\d.]+)/.exec((await summary()) ?? '')?.[1])
  expect(Math.abs(reached - (valLoss ?? 0))).toBeLessThan(0.01)

  // A layer that became wider begins anew, and so does what follows it.
  await set(page, 'far', 'units', '12')
  await expect.poll(() => text(help)).toBe('5 of 8 weights fit by name and shape; the others begin anew.')
  expect(app.complaints).toEqual([])
})
