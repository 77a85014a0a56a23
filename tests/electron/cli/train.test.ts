import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { trainEventSchema } from '#shared/training/run'
import { ended, netloom, printed, start } from './netloom'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-train-'))
  // Two classes that a straight line parts.
  const rows = Array.from({ length: 200 }, (_, i) => {
    const [x, y] = [Math.sin(i * 12.9898), Math.cos(i * 78.233)]
    return `${x},${y},${x + y > 0 ? 'above' : 'below'}`
  })
  await writeFile(join(folder, 'points.csv'), `x,y,side\n${rows.join('\n')}\n`)
  await writeFile(join(folder, 'line.netloom'), project(2))
  await mkdir(join(folder, 'empty'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function project(classes: number): string {
  const b = new Builder()
  b.layer('softmax', {}, b.layer('dense', { units: classes }, b.input([2])))
  const training = { ...defaultTraining, learningRate: 0.05, batchSize: 16, epochs: 15 }
  return serializeProject({ name: 'Line', graph: b.build(), training, data: '' })
}
const inFolder = (args: readonly string[]) => netloom(args, { cwd: folder })
const data = ['--data', 'csv:points.csv']

test('train, list, export: the whole way, with what a person reads', async () => {
  const trained = await inFolder(['train', 'line.netloom', ...data])
  expect(trained.stderr).toBe('')
  expect(trained.code).toBe(0)
  expect(trained.stdout).toMatch(/Training on 160 samples, validating on 40; 6 parameters, engine \w+/)
  expect(trained.stdout.match(/^epoch \d+\/15 {2}loss .* val accuracy .*$/gm)).toHaveLength(15)
  expect(trained.stdout).toMatch(/true \\ predicted +above +below +recall/)
  const run = /The run is in (.*)/.exec(trained.stdout)?.[1] ?? ''
  expect(run.startsWith(join(folder, 'runs'))).toBe(true)

  const listed = JSON.parse((await inFolder(['runs', '--json'])).stdout)
  expect(listed).toMatchObject([{ name: 'Line', state: 'completed', epochsDone: 15 }])
  expect(listed[0].valAccuracy).toBeGreaterThan(0.9)
  expect((await inFolder(['runs'])).stdout).toContain('15/15')

  const evaluated = await inFolder(['evaluate', run])
  expect(evaluated.stderr).toBe('')
  expect(evaluated.stdout).toContain('40 samples: the validation part of csv:')
  expect(evaluated.stdout).toMatch(/AUC \(one against the rest\) +(0\.9|1\.0)/)
  expect(evaluated.stdout).toMatch(/class +precision +recall +F1 +samples/)
  const figures = JSON.parse((await inFolder(['evaluate', run, ...data, '--json'])).stdout)
  expect(figures).toMatchObject({ part: 'all', samples: 200, scores: { samples: 200 } })
  expect(figures.scores.accuracy).toBeCloseTo(figures.accuracy, 12)

  await writeFile(join(folder, 'new.csv'), 'x,y\n1,1\n-1,-1\n')
  expect((await inFolder(['predict', run, 'new.csv'])).stdout).toMatch(/^above [\d.]+ % .*\nbelow [\d.]+ % .*\n$/)
  const { predictions } = JSON.parse((await inFolder(['predict', run, 'new.csv', '--json'])).stdout)
  expect(predictions.map((p: { label: string }) => p.label)).toEqual(['above', 'below'])

  const complete = await inFolder(['resume', run])
  expect(complete.stderr).toContain('is complete')
  expect(complete.code).toBe(1)

  const exported = await inFolder(['export', run, '-o', 'model'])
  expect(exported.stderr).toBe('')
  expect(exported.stdout).toMatch(/Self-check: \d+ samples .* differ by at most \d/)
  const before = await readFile(join(folder, 'model', 'model.json'), 'utf8')
  const again = await inFolder(['export', run, '-o', 'model'])
  expect(again.code).toBe(1)
  expect(again.stderr).toContain('is not empty')
  expect((await inFolder(['export', run, '-o', 'points.csv'])).code).toBe(1)
  expect(await readFile(join(folder, 'model', 'model.json'), 'utf8')).toBe(before)
  expect((await inFolder(['export', run, '-o', 'model', '--force'])).code).toBe(0)
})

test('a template is drawn to fit the data', async () => {
  const trained = await inFolder(['train', 'mlp', ...data, '--epochs', '1', '-o', 'mlp-runs'])
  expect(trained.stderr).toBe('')
  expect(trained.code).toBe(0)
})

test('runs side by side: the settings that differ and the best figures', async () => {
  const about = (rate: string) => ['--epochs', '2', '--learning-rate', rate, '-o', 'two-runs']
  for (const rate of ['0.05', '0.0001']) await inFolder(['train', 'line.netloom', ...data, ...about(rate)])
  const ids = (await readdir(join(folder, 'two-runs'))).map((id) => join('two-runs', id))
  const { stdout, code } = await inFolder(['runs', 'compare', ...ids])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^learningRate +0\.0\d+ +0\.0\d+$/m)
  expect(stdout).not.toContain('batchSize')
  expect(stdout).toMatch(/^best val accuracy( +[\d.]+ % \(epoch [12]\)){2}$/m)
  const compared = JSON.parse((await inFolder(['runs', 'compare', ...ids, '--json'])).stdout)
  expect(compared.differences.map((d: { name: string }) => d.name)).toEqual(['learningRate'])
  expect(compared.runs[0].best.valLoss).toEqual({ value: expect.any(Number), epoch: expect.any(Number) })
  const alone = await inFolder(['runs', 'compare', ids[0] ?? ''])
  expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining('two runs or more') })
})

test('errors of numbers are told with every epoch and in the list', async () => {
  await writeFile(
    join(folder, 'numbers.csv'),
    Array.from({ length: 60 }, (_, i) => `${i / 60},${i / 30 + 1}`).join('\n'),
  )
  const b = new Builder()
  b.layer('dense', { units: 1 }, b.input([1]))
  const training = { ...defaultTraining, loss: 'meanSquaredError', epochs: 2 } as const
  await writeFile(
    join(folder, 'slope.netloom'),
    serializeProject({ name: 'Slope', graph: b.build(), training, data: '' }),
  )
  const numbers = ['--data', 'csv:numbers.csv?task=numbers', '-o', 'number-runs']
  const trained = await inFolder(['train', 'slope.netloom', ...numbers])
  expect(trained.stderr).toBe('')
  expect(trained.stdout.match(/^epoch [12]\/2 .* val loss \S+ {2}RMSE \S+ {2}MAE \S+ /gm)).toHaveLength(2)
  expect((await inFolder(['runs', 'number-runs'])).stdout).toMatch(/val RMSE\n/)
})

test('the best weights come back when asked for, and the end says of which epoch', async () => {
  const best = ['--epochs', '3', '--patience', '3', '--restore-best', '-o', 'best-runs']
  const trained = await inFolder(['train', 'line.netloom', ...data, ...best])
  expect(trained.stderr).toBe('')
  expect(trained.stdout).toMatch(/Done\. The weights of epoch [123] are back\./)
  const blind = await inFolder(['train', 'line.netloom', ...data, ...best, '--validation-split', '0'])
  expect(blind.stderr).toContain('no samples are held out')
  expect(blind.code).toBe(1)
})

test('--json streams events that another program can read', async () => {
  const { code, stdout } = await inFolder([
    'train',
    'line.netloom',
    ...data,
    '--epochs',
    '2',
    '--json',
    '-o',
    'json-runs',
  ])
  expect(code).toBe(0)
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const events = lines.slice(0, -1).map((line) => trainEventSchema.parse(line).kind)
  expect(events[0]).toBe('started')
  expect(events).toContain('step')
  expect(events.filter((k) => k === 'epoch')).toHaveLength(2)
  expect(events.at(-1)).toBe('finished')
  expect(lines.at(-1)).toMatchObject({ kind: 'run', summary: { state: 'completed' } })
})

test('Ctrl-C finishes the step, saves, and says how to go on', async () => {
  const child = start(['train', 'line.netloom', ...data, '--epochs', '100000', '-o', 'stopped'], { cwd: folder })
  const end = ended(child)
  await printed(child, /epoch 2\//)
  child.kill('SIGINT')
  const { code, stdout, stderr } = await end
  expect(stderr).toContain('Finishing this step and saving')
  expect(stdout).toMatch(/Stopped after step \d+/)
  expect(code).toBe(0)
  const [run] = JSON.parse((await inFolder(['runs', 'stopped', '--json'])).stdout)
  expect(run).toMatchObject({ state: 'stopped' })
  expect(stdout).toContain(`To go on: netloom resume ${join('stopped', run.id)}\n`)
  expect((await inFolder(['export', join('stopped', run.id), '-o', 'stopped-model'])).code).toBe(0)

  const again = start(['resume', join('stopped', run.id)], { cwd: folder })
  const endAgain = ended(again)
  await printed(again, new RegExp(`epoch ${run.epochsDone + 2}/`))
  again.kill('SIGINT')
  expect((await endAgain).code).toBe(0)
  const [resumed] = JSON.parse((await inFolder(['runs', 'stopped', '--json'])).stdout)
  expect(resumed).toMatchObject({ id: run.id, state: 'stopped' })
  expect(resumed.epochsDone).toBeGreaterThan(run.epochsDone)
})

test('a training process that is killed: a message, status 1, and a run that is known to have ended', async () => {
  const child = start(['train', 'line.netloom', ...data, '--epochs', '100000', '-o', 'killed'], { cwd: folder })
  const end = ended(child)
  await printed(child, /epoch 2\//)
  const [id] = await readdir(join(folder, 'killed'))
  const { pid } = JSON.parse(await readFile(join(folder, 'killed', id ?? '', 'run.json'), 'utf8'))
  expect(pid).not.toBe(child.pid)
  process.kill(pid, 'SIGKILL')
  const { code, stderr } = await end
  expect(code).toBe(1)
  expect(stderr).toContain('ended by SIGKILL')
  expect(JSON.parse((await inFolder(['runs', 'killed', '--json'])).stdout)).toMatchObject([{ state: 'failed' }])
})

test.each([
  ['a table that is not there', ['train', 'line.netloom', '--data', 'csv:absent.csv'], 'absent.csv'],
  ['a data set that is not known', ['train', 'line.netloom', '--data', 'cats'], 'There is no data set'],
  ['an engine that is not installed', ['train', 'line.netloom', ...data, '--engine', 'tensorflow'], 'installed'],
  ['data that do not fit', ['train', 'line.netloom', '--data', 'digits'], '28×28×1'],
  ['a run to evaluate that is not there', ['evaluate', 'absent'], 'holds no run'],
  ['a run to predict with that is not there', ['predict', 'absent', 'points.csv'], 'holds no run'],
  ['a run to resume that is not there', ['resume', 'absent'], 'holds no run'],
  [
    'a run to export that is not there',
    ['export', 'absent', '-o', 'x'],
    'absent is not there. Give the folder of a run',
  ],
  ['a folder to export without a run', ['export', 'empty', '-o', 'x'], 'holds no run'],
])('%s: a message and status 1', async (_name, args, reason) => {
  const { code, stdout, stderr } = await inFolder(args)
  expect(stderr).toContain(reason)
  expect(stderr).not.toContain('    at ')
  expect(stdout).not.toContain('epoch')
  expect(code).toBe(1)
})

test('a network with errors is not trained', async () => {
  const b = new Builder()
  b.layer('conv2d', {}, b.input([2]))
  const text = serializeProject({ name: 'Broken', graph: b.build(), training: defaultTraining, data: '' })
  await writeFile(join(folder, 'broken.netloom'), text)
  const { code, stderr } = await inFolder(['train', 'broken.netloom', ...data])
  expect(code).toBe(1)
  expect(stderr).not.toContain('    at ')
  expect(stderr.length).toBeGreaterThan(20)
})
