import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { classReport } from '#shared/training/metrics'
import { note } from '#shared/training/notes'
import { createRandom } from '#shared/training/random'
import { evaluationReportSchema, predictionReportSchema } from '#shared/training/run'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { digits } from '../../../electron/trainer/data/digits'
import { evaluateRun } from '../../../electron/trainer/evaluateRun'
import { predict } from '../../../electron/trainer/predict'
import { readRun } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { linear, logistic, project } from './networks'

let work = ''
const at = (name: string) => join(work, name)
const write = (name: string, lines: readonly string[]) => writeFileSync(at(name), `${lines.join('\n')}\n`)
const random = createRandom(5)
/** Three classes about three corners, and one number that is 2a − b + 1. */
const points = Array.from({ length: 150 }, (_, i) => {
  const [a, b] = [random.normal() + (i % 3 === 1 ? 6 : 0), random.normal() + (i % 3 === 2 ? 6 : 0)]
  return { a: 10 * a, b: 10 * b, kind: ['low', 'right', 'top'][i % 3] ?? '', value: 2 * a - b + 1 }
})

async function train(id: string, p: ReturnType<typeof project>) {
  const job = { project: p, engine: 'wasm', folder: at(id), id } as const
  const result = await runTraining(job, () => {}, new AbortController().signal)
  if (!result.ok) throw new Error(result.error.message)
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'netloom-evaluate-'))
  write('kinds.csv', ['a,b,kind', ...points.map((p) => `${p.a},${p.b},${p.kind}`)])
  write('values.csv', ['a,b,value', ...points.map((p) => `${p.a},${p.b},${p.value}`)])
  const settings = { epochs: 12, batchSize: 10, learningRate: 0.05 }
  await train('kinds', project(logistic([2], 3), `csv:${at('kinds.csv')}?scale=10`, settings))
  const regression = { ...settings, epochs: 25, loss: 'meanSquaredError' } as const
  await train('values', project(linear(2, 1), `csv:${at('values.csv')}?scale=10`, regression))
  const lenet = drawTemplate(templates.lenet5, defaultsOf(templates.lenet5.fields))
  await train('digits', project(lenet, 'digits', { epochs: 1, batchSize: 32, learningRate: 0.002 }))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

const evaluated = async (run: string, data: string | null = null) => {
  const result = await evaluateRun(at(run), data === null ? { part: 'validation' } : { data })
  if (!result.ok) throw new Error(result.error.message)
  return evaluationReportSchema.parse(JSON.parse(JSON.stringify(result.value)))
}
const predicted = async (run: string, file: string) => {
  const result = await predict(at(run), at(file))
  if (!result.ok) throw new Error(result.error.message)
  return predictionReportSchema.parse(JSON.parse(JSON.stringify(result.value)))
}

describe('evaluation', () => {
  test('the validation part gives the figures that the training ended with', async () => {
    const report = await evaluated('kinds')
    const run = await readRun(at('kinds'))
    if (!run.ok) throw new Error(run.error.message)
    expect(report).toMatchObject({ part: 'validation', samples: 30, regression: null, topK: [] })
    expect(report.loss).toBeCloseTo(run.value.summary.valLoss ?? Number.NaN, 6)
    expect(report.accuracy).toBe(run.value.summary.valAccuracy)
    expect(report.confusion).toEqual(run.value.confusion)
    expect(report.accuracy).toBeGreaterThan(0.9)
    expect(report.auc).toBeGreaterThan(0.98)
    expect(classReport(report.confusion?.counts ?? []).accuracy).toBeCloseTo(report.accuracy ?? Number.NaN, 12)
  })

  test('another data set: all samples, and classes by name whatever their order there', async () => {
    expect(await evaluated('kinds', `csv:${at('kinds.csv')}?scale=10`)).toMatchObject({ part: 'all', samples: 150 })
    write('two.csv', ['a,b,kind', ...points.filter((p) => p.kind !== 'low').map((p) => `${p.a},${p.b},${p.kind}`)])
    const two = await evaluated('kinds', `csv:${at('two.csv')}?scale=10`)
    expect(two.accuracy).toBeGreaterThan(0.9)
    expect(two.confusion?.labels).toEqual(['low', 'right', 'top'])
    expect(two.confusion?.counts[0]).toEqual([0, 0, 0])
  })

  test('the test part, where the run has one', async () => {
    const none = await evaluateRun(at('kinds'), { part: 'test' })
    expect(none.ok ? '' : none.error.message).toContain('held no samples out for this part')
    const shares = { testSplit: 0.1, validationSplit: 0.2, epochs: 1 }
    await train('parts', project(logistic([2], 3), `csv:${at('kinds.csv')}?scale=10`, shares))
    const report = await evaluateRun(at('parts'), { part: 'test' })
    expect(report.ok && report.value).toMatchObject({ part: 'test', samples: 15 })
  })

  test('top-k where there are more classes', async () => {
    const { accuracy, topK, auc } = await evaluated('digits')
    expect(topK.map((t) => t.k)).toEqual([3, 5])
    expect(topK[0]?.accuracy).toBeGreaterThanOrEqual(accuracy ?? 1)
    expect(topK[1]?.accuracy).toBeGreaterThanOrEqual(topK[0]?.accuracy ?? 1)
    expect(auc).toBeGreaterThan(0.9)
  })

  test('numbers: RMSE is the root of the loss, and R² says how much is explained', async () => {
    const { loss, regression, accuracy, auc, confusion } = await evaluated('values')
    expect([accuracy, auc, confusion]).toEqual([null, null, null])
    expect((regression?.rmse ?? 0) ** 2).toBeCloseTo(loss ?? Number.NaN, 5)
    expect(regression?.r2).toBeGreaterThan(0.95)
    expect(regression?.rae).toBeLessThan(0.3)
  })

  test('the points of a scatter plot are the pairs that the errors are of', async () => {
    const { pairs, regression, samples } = await evaluated('values')
    expect(pairs).toHaveLength(1)
    expect(pairs?.[0]).toHaveLength(samples)
    const squares = pairs?.[0]?.map(([truth, predicted]) => (truth - (predicted ?? Number.NaN)) ** 2) ?? []
    expect(squares.reduce((a, b) => a + b, 0) / samples).toBeCloseTo(regression?.mse ?? Number.NaN, 5)
    expect((await evaluated('kinds')).pairs).toBeNull()
  })

  test('data that do not fit, and a run that is not there, are told', async () => {
    write('other.csv', ['a,b,kind', '1,2,low', '2,1,bottom', '1,1,low', '2,2,bottom'])
    const message = async (run: string, data: string | null) => {
      const result = await evaluateRun(at(run), data === null ? { part: 'validation' } : { data })
      return result.ok ? '' : result.error.message
    }
    expect(await message('kinds', `csv:${at('other.csv')}`)).toContain(
      'does not know: bottom. It knows low, right, top',
    )
    expect(await message('kinds', `csv:${at('values.csv')}`)).toContain('the targets of')
    expect(await message('kinds', 'absent')).toContain('There is no data set')
    expect(await message('nowhere', null)).toContain('holds no run')
  })
})

describe('prediction', () => {
  test('one answer per row of a table, with or without a header, scaled as the run’s was', async () => {
    write('rows.csv', ['a,b', '0,0', '60,0', '0,60'])
    const report = await predicted('kinds', 'rows.csv')
    expect(report).toMatchObject({ labels: ['low', 'right', 'top'], meaning: 'probability' })
    for (const row of report.outputs) expect(row.reduce<number>((sum, p) => sum + (p ?? 0), 0)).toBeCloseTo(1, 5)
    expect(report.outputs.map((row) => row.indexOf(Math.max(...row.map((p) => p ?? 0))))).toEqual([0, 1, 2])
    write('bare.csv', ['# no header', '0,0', '60,0', '0,60'])
    expect((await predicted('kinds', 'bare.csv')).outputs).toEqual(report.outputs)
    const { meaning, outputs } = await predicted('values', 'bare.csv')
    expect(meaning).toBe('value')
    expect(outputs.every((row) => row.length === 1)).toBe(true)
    expect(outputs[1]?.[0]).toBeGreaterThan((outputs[0]?.[0] ?? 0) + 8)
  })

  test('a picture goes through as the sample that it shows, whatever its format and channels', async () => {
    const data = digits()
    const x = new Float32Array(28 * 28)
    data.read(7, x, 0)
    const gray = sharp(
      Uint8Array.from(x, (v) => Math.round(v * 255)),
      { raw: { width: 28, height: 28, channels: 1 } },
    )
    await gray.clone().toColourspace('srgb').png().toFile(at('seven.png'))
    write('seven.csv', [Array.from(x, (v) => Math.round(v * 255) / 255).join(',')])
    const [picture, row] = [await predicted('digits', 'seven.png'), await predicted('digits', 'seven.csv')]
    expect(picture.labels).toHaveLength(10)
    expect(picture.notes).toEqual([note('padded', { from: '28×28', to: '32×32' })])
    for (const [i, p] of (picture.outputs[0] ?? []).entries())
      expect(p).toBeCloseTo(row.outputs[0]?.[i] ?? Number.NaN, 5)
    await gray.clone().resize(300, 200).jpeg().toFile(at('large.jpg'))
    expect((await predicted('digits', 'large.jpg')).outputs[0]).toHaveLength(10)
  })

  test.each([
    ['kinds', 'long.csv', ['a,b', '1,2', '1,2,3'], 'line 3: 3 values, but line 1 has 2'],
    ['kinds', 'text.csv', ['1,2', '1,x'], 'line 2, column b: "x" is not a number'],
    ['kinds', 'empty.csv', ['a,b'], 'holds no rows'],
    ['kinds', 'point.png', ['1,2'], 'not pictures'],
    ['digits', 'broken.png', ['no picture'], 'neither PNG, JPEG nor WebP'],
    ['digits', 'absent.csv', null, 'does not exist'],
    ['digits', 'absent.png', null, 'cannot be read'],
  ])('%s of %s: a clear message', async (run, file, lines, reason) => {
    if (lines) write(file, lines)
    const result = await predict(at(run), at(file))
    expect(result.ok ? '' : result.error.message).toContain(reason)
  })

  test('a picture that is cut short', async () => {
    await sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } })
      .jpeg()
      .toFile(at('whole.jpg'))
    writeFileSync(at('cut.jpg'), readFileSync(at('whole.jpg')).subarray(0, 200))
    const result = await predict(at('digits'), at('cut.jpg'))
    expect(result.ok ? '' : result.error.message).toContain('cut short')
  })
})
