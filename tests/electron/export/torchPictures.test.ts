import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createRandom } from '#shared/training/random'
import { exportRun } from '../../../electron/trainer/export'
import { predict } from '../../../electron/trainer/predict'
import { runTraining } from '../../../electron/trainer/train'
import { pythonWith } from '../python'
import { project, tinyCnn } from '../trainer/networks'

const python = pythonWith('torch, PIL') ?? ''
const skipped = python ? '' : ' (skipped: no Python here can import torch and PIL (Pillow); name one in NETLOOM_PYTHON)'
const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-pictures-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (...names: string[]) => join(folder, ...names)
const random = createRandom(4)

/** Broad patches of colour in which one outweighs the others. */
function picture(height: number, width: number, main: number): Sharp {
  const [rows, columns] = [4, 5]
  const patches = Uint8Array.from({ length: 3 * rows * columns }, (_, i) =>
    i % 3 === main ? 120 + random.below(136) : random.below(140),
  )
  const raw = { raw: { width: columns, height: rows, channels: 3 } } as const
  return sharp(patches, raw).resize(width, height, { fit: 'fill', kernel: 'nearest' })
}

const classes = ['blue ones', 'green', 'red']
async function pictureFolder() {
  for (const [c, name] of classes.entries()) {
    mkdirSync(at('pictures', name), { recursive: true })
    // Of the size that is asked for, so that nothing depends on how pictures are made smaller.
    for (let i = 0; i < 8; i++)
      await picture(12, 10, 2 - c)
        .png()
        .toFile(at('pictures', name, `${i}.png`))
  }
}
const bytes = (n: number) => Uint8Array.from({ length: n }, () => random.below(256))
const cifar = () =>
  writeFileSync(
    at('train.bin'),
    Uint8Array.from(Array.from({ length: 30 }, (_, i) => [0, i % 3, ...bytes(3072)]).flat()),
  )

const cases = [
  { name: 'colours', data: `images:${at('pictures')}?size=12x10`, input: [12, 10, 3], count: 3 },
  { name: 'greys', data: `images:${at('pictures')}?size=12x10&channels=1`, input: [12, 10, 1], count: 3 },
  { name: 'cifar100', data: `cifar100:${at('train.bin')}`, input: [32, 32, 3], count: 100 },
] as const

const say = (name: string, ...args: readonly string[]) =>
  execFileSync(python, args, { cwd: at(`${name}-project`), encoding: 'utf8', stdio: 'pipe', timeout: 120_000 }).trim()

describe.skipIf(!python)(`pictures, read by Python as by the app${skipped}`, () => {
  const losses = new Map<string, number>()
  beforeAll(async () => {
    await pictureFolder()
    cifar()
    await picture(12, 10, 0).png().toFile(at('same.png'))
    // Lying on its side, and of the size that is asked for: libraries read a JPEG that becomes smaller in ways of their own.
    await picture(10, 12, 1)
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toFile(at('turned.jpg'))
    await picture(60, 50, 2).ensureAlpha(0.4).png().toFile(at('glass.png'))
    await picture(64, 70, 0).greyscale().png().toFile(at('grey.png'))
    vi.stubEnv('NETLOOM_PYTHON', at('no python'))
    for (const { count, data, input, name } of cases) {
      const training = { epochs: 2, batchSize: 8, normalization: 'standardize' } as const
      const ran = await runTraining(
        { project: project(tinyCnn(input, count), data, training), engine: 'cpu', folder: at(name), id: name },
        (e) => {
          if (e.kind === 'epoch' && e.valLoss !== null) losses.set(name, e.valLoss)
        },
        new AbortController().signal,
      )
      if (!ran.ok) throw new Error(ran.error.message)
      const report = await exportRun(at(name), 'torch-project', at(`${name}-project`), '')
      if (!report.ok) throw new Error(report.error.message)
    }
    vi.unstubAllEnvs()
  }, 300_000)

  test.each(cases)(
    '$name: the validation loss of the run comes out again, and training goes on',
    ({ name }) => {
      const { val_loss } = JSON.parse(say(name, 'train.py', '--evaluate', '--start', 'weights.safetensors'))
      // The app rounds greys to bytes.
      expect(Math.abs(val_loss - (losses.get(name) ?? Number.NaN))).toBeLessThan(name === 'greys' ? 5e-3 : 1e-4)
      expect(JSON.parse(say(name, 'train.py', '--epochs', '1')).loss).toBeGreaterThan(0)
    },
    240_000,
  )

  test.each(
    cases.flatMap(({ name }) =>
      ['same.png', 'turned.jpg', 'glass.png', 'grey.png']
        // What is made larger to 32×32 is smoothed in another way by the app.
        .filter((file) => name !== 'cifar100' || file === 'glass.png' || file === 'grey.png')
        .map((file) => ({ name, file })),
    ),
  )(
    '$name: predict.py says of $file what the app says',
    async ({ name, file }) => {
      const told = await predict(at(name), at(file))
      if (!told.ok) throw new Error(told.error.message)
      const { labels, outputs } = told.value
      const line = say(name, 'predict.py', at(file))
      const said = [...line.slice(line.indexOf(': ')).matchAll(/([^:,]+) (\d\.\d{4})/g)]
      expect(said).toHaveLength(Math.min(5, labels?.length ?? 0))
      for (const [, label = '', value] of said) {
        const want = outputs[0]?.[labels?.indexOf(label.trim()) ?? -1] ?? Number.NaN
        expect(Math.abs(Number(value) - want), label).toBeLessThan(0.01)
      }
    },
    120_000,
  )
})
