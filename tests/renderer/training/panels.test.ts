import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { noBrowser } from './harness/open'
import { onePage } from './harness/page'

describe.skipIf(noBrowser)(`training panels${noBrowser}`, () => {
  const { asked, get, opened, show } = onePage()
  let page: Page
  beforeAll(() => {
    page = opened().page
  })

  const feed = (from: number, to: number, epochs = 10, stepsPerEpoch = 50) =>
    page.evaluate(
      ([a, b, n, each]) => {
        const { host, replay } = window.harness
        const counts = { trainSamples: 3200, validationSamples: 800, parameters: 61_706 }
        if (a === 0) host.emit('live', { kind: 'started', engine: 'wasm', epochs: n, stepsPerEpoch: each, ...counts })
        for (const e of replay({ epochs: n, stepsPerEpoch: each })) if (e.step > a && e.step <= b) host.emit('live', e)
      },
      [from, to, epochs, stepsPerEpoch] as const,
    )
  const points = async (chart: string, line: string) => Number(await get(chart).getAttribute(`data-points-${line}`))

  test('training opens the drawer, draws both curves, tells the progress, and ends with the results', async () => {
    await expect.poll(() => get('chart-loss').count()).toBe(0)
    await get('train').click()
    await page.getByText('Waiting for the first step…').waitFor()
    await feed(0, 220)
    await expect.poll(() => points('chart-loss', 'train')).toBe(220)
    expect(await points('chart-loss', 'validation')).toBe(4)
    expect(await points('chart-accuracy', 'validation')).toBe(4)
    expect(await get('progress').getAttribute('data-epoch')).toBe('5')
    expect(await get('progress').textContent()).toMatch(/Epoch 5 \/ 10.*Step 220 \/ 500.*Time left \d+ s/)

    await get('stop').click()
    expect(await asked('train.stop')).toBe(1)
    await page.evaluate(() => {
      const { host, digitConfusion } = window.harness
      const confusion = { labels: [...'0123456789'], counts: digitConfusion() }
      host.emit('live', { kind: 'finished', reason: 'stopped', epoch: 5, step: 220, confusion })
    })
    await get('train').waitFor()
    await page.getByRole('tab', { name: 'Results' }).click()
    const nine = get('confusion').getByRole('row', { name: /^9 / })
    expect(await nine.getByRole('cell').allTextContents()).toEqual([...'····3····'.split(''), '199', '202'])
    expect(await get('final-val-accuracy').textContent()).toMatch(/^\d\d\.\d %$/)
    const scores = get('class-scores').getByRole('row', { name: /^4 / })
    expect(await scores.getByRole('cell').allTextContents()).toEqual(['98.4 %', '97.4 %', '97.9 %', '195'])
  })

  test('a run is paused and goes on', async () => {
    await get('train').click()
    await feed(0, 120)
    await get('pause').click()
    expect(await asked('train.pause')).toBe(1)
    await page.evaluate(() => window.harness.host.emit('live', { kind: 'paused', epoch: 3, step: 120, seconds: 2.52 }))
    await get('continue').waitFor()
    expect(await get('progress').getAttribute('data-state')).toBe('paused')
    expect(await get('progress').textContent()).not.toContain('Time left')
    await get('continue').click()
    expect(await asked('train.continue')).toBe(1)
    await page.evaluate(() =>
      window.harness.host.emit('live', { kind: 'continued', epoch: 3, step: 120, seconds: 2.52 }),
    )
    await feed(120, 220)
    await get('pause').waitFor()
    await expect.poll(() => points('chart-loss', 'train')).toBe(220)
    expect(await get('progress').getAttribute('data-state')).toBe('running')
  })

  test('how the layers do, in words and figures', async () => {
    await page.getByRole('tab', { name: 'Train' }).click()
    await page.getByText('Layers', { exact: true }).click()
    await page.getByText('Gradients and weights of each layer will be shown here').waitFor()
    await get('train').click()
    await feed(0, 50)
    await page.getByText('Figures of the layers appear here with the first steps.').waitFor()
    await page.evaluate(() => {
      const weights = (count: number, gradient: number) => ({ count, mean: 0.01, std: 0.1, norm: 2, gradient })
      const layers = [
        { node: 'c1', weights: weights(156, 1e-7), update: 2e-5, dead: null },
        { node: 'c3', weights: weights(2416, 0.4), update: 0.003, dead: 0.5 },
        { node: 'output', weights: weights(850, 0.3), update: 0.4, dead: null },
      ]
      window.harness.host.emit('live', { kind: 'statistics', epoch: 1, step: 50, layers })
    })
    const row = (name: string) =>
      get('layers')
        .getByRole('row', { name: new RegExp(`^${name} `) })
        .getByRole('cell')
    await get('layers').waitFor()
    expect(await row('C1').allTextContents()).toEqual([
      ...['Vanishing gradient', '1.0e-7', '2.0e-5', '0.01000', '0.1000', '2.000', '–'],
    ])
    expect(await row('C3').first().textContent()).toBe('Dead ReLU: 50.0 %')
    expect(await row('C3').last().textContent()).toBe('50.0 %')
    await get('layers').getByRole('button', { name: 'C3' }).click()
    expect(await page.evaluate(() => [...window.harness.useView.getState().selection])).toEqual(['c3'])
  })

  test('why a run ended early, whose weights it has, and what was done to the data', async () => {
    await get('train').click()
    await page.evaluate(() => {
      const notes = [{ code: 'padded' as const, values: { from: '28×28', to: '32×32' } }]
      const counts = { trainSamples: 3200, validationSamples: 800, parameters: 61_706 }
      window.harness.host.emit('live', {
        ...{ kind: 'started', engine: 'wasm', epochs: 20, stepsPerEpoch: 50, notes },
        ...counts,
      })
    })
    await feed(1, 500, 20)
    await get('run-notes').click()
    await page.getByText('Images of 28×28 are centred on 32×32 by a border of zeros').waitFor()
    expect(await get('ending').count()).toBe(0)
    await page.evaluate(() =>
      window.harness.host.emit('live', {
        ...{ kind: 'finished', reason: 'stoppedEarly', epoch: 12, step: 600, restored: 10, confusion: null },
      }),
    )
    expect(await get('ending').textContent()).toBe(
      'Stopped early after epoch 12: the validation loss has not fallen for 2 epochs. The weights of epoch 10, the best, are back.',
    )
  })

  test('axes are logarithmic where that is asked for', async () => {
    await get('train').click()
    await feed(0, 5000, 10, 500)
    await expect.poll(() => points('chart-loss', 'train')).toBe(5000)
    for (const axis of ['log x', 'log y']) await page.getByText(axis).click()
    await feed(5000, 5500, 11, 500)
    await expect.poll(() => points('chart-loss', 'train')).toBe(5500)
    expect(await page.getByRole('checkbox', { name: 'log x' }).isChecked()).toBe(true)
  })

  test('zoom survives new points, and the legend takes curves away', async () => {
    await get('train').click()
    await feed(0, 200)
    await expect.poll(() => points('chart-loss', 'train')).toBe(200)
    const area = await get('chart-loss').locator('.u-over').boundingBox()
    const [x, y] = [area?.x ?? 0, (area?.y ?? 0) + 30]
    await page.mouse.move(x + 50, y)
    await page.mouse.down()
    await page.mouse.move(x + 150, y, { steps: 4 })
    await page.mouse.up()
    const reset = page.getByRole('button', { name: 'Reset zoom' })
    await reset.waitFor()
    await feed(200, 400)
    await expect.poll(() => points('chart-loss', 'train')).toBe(400)
    expect(await reset.isVisible()).toBe(true)
    await reset.click()
    await expect.poll(() => reset.count()).toBe(0)

    await page
      .getByRole('button', { name: /^Validation/ })
      .first()
      .click()
    expect(await get('chart-loss').getAttribute('data-points-validation')).toBeNull()
    expect(await points('chart-loss', 'train')).toBe(400)
  })

  test('a hundred thousand points', async () => {
    await get('train').click()
    await feed(0, 100_000, 100, 1000)
    await expect.poll(() => points('chart-loss', 'train')).toBe(100_000)
    expect(await points('chart-loss', 'validation')).toBe(100)
  })

  test('the death of the training process is said, and training starts again', async () => {
    await get('train').click()
    await feed(0, 60)
    await page.getByTestId('drawer').getByRole('button', { name: 'Fold the panel' }).click()
    await page.evaluate(() => window.harness.host.emit('live', { kind: 'failed', message: 'It was killed (SIGKILL).' }))
    const alert = page.getByRole('alert')
    await alert.getByText('It was killed (SIGKILL).').waitFor()
    await alert.getByRole('button', { name: 'Train again' }).click()
    await expect.poll(() => asked('train.start')).toBe(2)
  })

  test('data that does not fit is said, mended by a click, and undone', async () => {
    await page.getByRole('tab', { name: 'Data' }).click()
    await page.setInputFiles('input[type=file]', { name: 'wine.csv', mimeType: 'text/csv', buffer: Buffer.from('1,2') })
    await get('misfit').getByText("The network's input is 28×28×1, but the data has samples of 13.").waitFor()
    expect(await get('train').getAttribute('aria-disabled')).toBe('true')
    await get('train').click({ force: true })
    expect(await asked('train.start')).toBe(0)

    await get('fix-classesMisfit').click()
    await get('fix-inputMisfit').click()
    const wrong = () => page.evaluate(() => window.harness.useDocument.getState().inference.problems().length)
    // The flat input breaks the convolution: that now stands on the canvas, not here.
    await expect.poll(() => get('misfit').count()).toBe(0)
    expect(await wrong()).toBeGreaterThan(0)
    await page.evaluate(() => window.harness.useDocument.getState().undo())
    await get('fix-inputMisfit').waitFor()
    expect(await wrong()).toBe(0)
  })

  test('settings are edited by their fields, and a wrong one keeps training from starting', async () => {
    await page.getByRole('tab', { name: 'Train' }).click()
    await page.getByText('The loss will be drawn here as soon as training starts.').waitFor()
    const epochs = page.getByLabel('Epochs')
    await epochs.fill('0')
    await epochs.blur()
    await expect.poll(() => get('train').getAttribute('aria-disabled')).toBe('true')
    await epochs.fill('7')
    await epochs.blur()
    await expect.poll(() => get('train').getAttribute('aria-disabled')).toBe('false')
    expect(await page.evaluate(() => window.harness.useDocument.getState().document.training.epochs)).toBe(7)
    expect(await page.getByLabel('Momentum').count()).toBe(0)
  })

  test('two runs are laid over each other with what differs', async () => {
    await page.getByRole('tab', { name: 'Runs' }).click()
    const ticks = get('runs').getByRole('checkbox')
    await ticks.nth(0).check()
    await ticks.nth(1).check()
    await expect.poll(() => points('chart-comparison', 'r3')).toBe(12)
    expect(await points('chart-comparison', 'r2')).toBe(12)
    const rate = get('differences').getByRole('row', { name: /Learning rate/ })
    expect(await rate.getByRole('cell').allTextContents()).toEqual(['0.001', '0.01'])
    await get('runs').getByRole('button', { name: 'LeNet-5' }).first().click()
    await get('confusion').waitFor()
    // A cell opens the pictures of its mistakes.
    const pictures = get('mistake-pictures')
    expect(await pictures.getByRole('img').count()).toBe(9)
    await get('confusion').getByRole('button', { name: '5' }).click()
    await pictures.getByText('4 → 9').waitFor()
    expect(await pictures.getByRole('img').count()).toBe(1)
    await pictures.getByRole('button', { name: 'Show all' }).click()
    expect(await pictures.getByRole('img').count()).toBe(9)
  })

  test('export tells where the files lie and how far they differ', async () => {
    await get('export').click()
    await get('export-save').click()
    const result = get('export-result')
    await result.getByText('/home/ada/Netloom/exports/r3-tfjs').waitFor()
    expect(await result.textContent()).toContain('1.8e-7')
  })

  test('the drawing is exported too, and said to be untrained', async () => {
    await show('')
    await get('export').click()
    await page.getByRole('combobox', { name: 'Network' }).click()
    await page.getByRole('option', { name: 'The drawing as it is, not trained' }).click()
    await page.getByRole('radio', { name: 'PyTorch project' }).check()
    await get('export-save').click()
    const result = get('export-result')
    await result.getByText('/home/ada/Netloom/exports/LeNet-5-torch-project').waitFor()
    for (const told of ['the seed 42 gives', 'train.py reads data.npz', 'no figures to normalise by'])
      expect(await result.textContent()).toContain(told)
    const asked = await page.evaluate(() => window.harness.host.asked.find((a) => a.name === 'project.export')?.args)
    expect(asked).toMatchObject({ format: 'torch-project', project: expect.stringContaining('"name": "LeNet-5"') })
  })

  test.each(['?lang=zh-CN&scheme=dark', '?lang=en&scheme=dark'])('every tab in %s', async (query) => {
    await show(query)
    for (const tab of await page.getByRole('tab').all()) await tab.click()
    expect(await page.getByRole('tab').allTextContents()).toEqual(
      query.includes('zh') ? ['数据', '训练', '训练记录', '结果'] : ['Data', 'Train', 'Runs', 'Results'],
    )
  })
})
