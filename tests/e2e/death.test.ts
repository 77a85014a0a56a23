import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, end, noBrowser, openApp } from './app'
import { fill, set, text } from './hands'

let app: App
beforeAll(async () => {
  if (noBrowser === null) app = await openApp()
})
afterAll(() => app?.close())

/** Opens a template by its card, sets more epochs than anyone waits for, and trains until the first epoch is through. */
async function train(): Promise<void> {
  const { page } = app
  await page.getByTestId('train').click()
  await expect
    .poll(async () => Number(await page.getByTestId('progress').getAttribute('data-epoch')), { timeout: 120_000 })
    .toBeGreaterThanOrEqual(2)
}
async function runFile(): Promise<{ pid: number; state: string }> {
  const runs = join(app.workspace, 'runs')
  const [newest = ''] = (await readdir(runs)).sort().reverse()
  return JSON.parse(await readFile(join(runs, newest, 'run.json'), 'utf8'))
}

test('a training process that is killed: the window lives, says so, offers to resume, and trains again', async ({
  skip,
}) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  await page.getByText('LeNet-5').first().click()
  await page.getByTestId('node-c1').waitFor()
  await page.getByRole('tab', { name: 'Train' }).click()
  await fill(page.getByTestId('drawer').getByTestId('field-epochs'), '1000')
  await train()

  process.kill((await runFile()).pid, 'SIGKILL')
  const failure = page.getByTestId('failure')
  await failure.waitFor()
  await app.picture('killed')
  await expect.poll(() => text(failure)).toContain('ended by SIGKILL')
  await expect.poll(() => page.getByTestId('progress').getAttribute('data-state')).toBe('failed')

  // It offers to go on from the last checkpoint, and does.
  await page.getByTestId('resume').click()
  await expect
    .poll(async () => Number(await page.getByTestId('progress').getAttribute('data-epoch')), { timeout: 120_000 })
    .toBeGreaterThan(2)
  expect(await page.getByTestId('progress').getAttribute('data-state')).toBe('running')
  process.kill((await runFile()).pid, 'SIGKILL')
  await expect.poll(() => page.getByTestId('progress').getAttribute('data-state')).toBe('failed')

  // The window answers: an edit shows at once, and the next run starts.
  await set(page, 'c1', 'filters', '8')
  await expect.poll(() => text(page.getByTestId('node-c1').getByTestId('size'))).toBe('28×28×8')
  await train()
  await page.getByTestId('stop').click()
  await expect.poll(() => page.getByTestId('progress').getAttribute('data-state'), { timeout: 120_000 }).toBe('stopped')
  expect(app.complaints).toEqual([])
}, 600_000)

test('a server that ends while a run is under way lets the run write its checkpoint, and the page says that it is gone', async ({
  skip,
}) => {
  if (noBrowser !== null) return skip(noBrowser)
  await train()
  await end(app.server)
  expect((await runFile()).state).toBe('stopped')
  const { page } = app
  await page.getByTestId('connection-lost').waitFor()
  await app.picture('server-gone')
  await expect.poll(() => page.getByTestId('progress').getAttribute('data-state')).toBe('stopped')
  // What can be done without a host can still be done.
  await set(page, 'c1', 'filters', '12')
  await expect.poll(() => text(page.getByTestId('node-c1').getByTestId('size'))).toBe('28×28×12')
}, 600_000)
