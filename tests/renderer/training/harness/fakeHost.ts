import type { Events, Handlers, Host } from '#shared/host'
import { err, ok } from '#shared/result'
import { note } from '#shared/training/notes'
import type { DataSummary, RunDetail, TrainEvent } from '#shared/training/run'
import { fakeAnswer, fakeEvaluation, fakeSubject } from './fakeTry'
import { digitConfusion, digitMistakes, noise, replay } from './figures'

export interface FakeHost extends Host {
  /** Sends an event as the training process would. */
  emit(runId: string, event: TrainEvent): void
  /** What was asked for, in order. */
  readonly asked: { readonly name: string; readonly args: unknown }[]
  readonly handlers: Handlers
}

/** A host that answers from memory; `overrides` replaces single answers. */
export function createFakeHost(overrides: Partial<Handlers> = {}): FakeHost {
  const listeners = new Set<(payload: Events['train']) => void>()
  const asked: FakeHost['asked'] = []
  const runs = new Map<string, RunDetail>(pastRuns().map((d) => [d.summary.id, d]))
  const handlers: Handlers = {
    'app.info': async () =>
      ok({ version: '0.1.0', platform: 'linux', dialogs: false, workspace: '/home/ada/Netloom', locale: 'en' }),
    'file.open': async () => ok(null),
    'file.read': async () => err({ code: 'notFound', message: 'No such file.' }),
    'file.save': async ({ ref }) => ok({ ref, name: ref }),
    'file.saveAs': async ({ name }) => ok({ ref: `workspace:${name}`, name }),
    'file.list': async () => ok([]),
    'file.given': async () => ok(null),
    'data.pick': async () => ok(null),
    'data.list': async () => ok([]),
    'data.import': async ({ name }) => ok({ spec: `csv:workspace:${name}` }),
    'data.beginFolder': async () => ok({ id: 'upload' }),
    'data.addFile': async () => ok({ kept: true }),
    'data.endFolder': async ({ keep }) => ok(keep ? { spec: 'images:data/pets' } : null),
    'data.describe': async ({ spec, shares }) =>
      ok({
        ...(spec.startsWith('csv') ? table(spec) : digits(spec)),
        ...(shares && {
          statistics: { samples: 4000, places: [{ name: 'grey', mean: 0.131, std: 0.308, min: 0, max: 1 }] },
        }),
      }),
    'engines.list': async () =>
      ok([
        { name: 'wasm', version: '4.22.0', available: true },
        { name: 'cpu', version: '4.22.0', available: true },
        {
          name: 'tensorflow',
          version: '',
          available: false,
          reason: 'Neither @tensorflow/tfjs-node-gpu nor @tensorflow/tfjs-node is installed.',
        },
      ]),
    'engines.install': async () => ok({ name: 'tensorflow', version: '2.21.0', device: 'CPU', seconds: 0.6 }),
    'engines.cancel': async () => ok(null),
    'engines.test': async ({ engine }) => ok({ name: engine, version: '4.22.0', seconds: 0.3 }),
    'engines.remove': async () => ok(null),
    'train.start': async () => ok({ runId: 'live' }),
    'train.plan': async ({ engine }) =>
      ok({
        engine: engine === 'auto' ? 'onnx' : engine,
        trials: [
          {
            engine: 'tensorflow',
            outcome: 'failed',
            reason: 'The training process was ended by SIGSEGV.',
          },
          { engine: 'onnx', outcome: 'measured', samplesPerSecond: 15_312 },
          { engine: 'wasm', outcome: 'measured', samplesPerSecond: 2411 },
          { engine: 'cpu', outcome: 'slower' },
        ],
        remembered: false,
        secondsPerEpoch: 0.3412,
        batchSize: 64,
        memory: 236_695_552,
        available: 14_530_333_696,
        largestBatch: 4800,
      }),
    'train.stop': async () => ok(null),
    'train.pause': async () => ok(null),
    'train.continue': async () => ok(null),
    'train.resume': async () => ok(null),
    'runs.list': async () => ok([...runs.values()].map((d) => d.summary)),
    'runs.fitting': async () =>
      ok([
        { id: 'r3', taken: 10, all: 10 },
        { id: 'r1', taken: 8, all: 10 },
      ]),
    'runs.read': async ({ runId }) => {
      const detail = runs.get(runId)
      return detail ? ok(detail) : err({ code: 'notFound', message: `There is no run ${runId}.` })
    },
    'runs.evaluate': async ({ on }) => ok(fakeEvaluation('part' in on ? on.part : 'all')),
    'try.open': async () => ok(fakeSubject),
    'try.ask': async ({ question }) => ok(fakeAnswer(question)),
    'try.close': async () => ok(null),
    'runs.export': async ({ runId }) =>
      ok({
        folder: `/home/ada/Netloom/exports/${runId}-tfjs`,
        files: ['model.json', 'weights.bin', 'labels.json'],
        maxDifference: 1.79e-7,
        samplesChecked: 32,
      }),
    'project.export': async () =>
      ok({
        folder: '/home/ada/Netloom/exports/LeNet-5-torch-project',
        files: ['README.md', 'model.py', 'initial.safetensors'],
        maxDifference: 4.5e-8,
        samplesChecked: 32,
        untrained: { seed: 42, data: false, unscaled: true },
      }),
    ...overrides,
  }
  return {
    asked,
    handlers,
    emit: (runId, event) => {
      for (const listener of listeners) listener({ runId, event })
    },
    request: (name, args) => {
      asked.push({ name, args })
      return handlers[name](args)
    },
    on: (_, listener) => {
      const hear = listener as (payload: Events['train']) => void
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
  }
}

const project = (
  learningRate: number,
  filters: number,
) => `{"format":1,"name":"LeNet-5","data":"digits","training":{"learningRate":${learningRate}},"graph":{"nodes":[
 {"id":"input1","type":"input","name":"Input","position":{"x":0,"y":0},"params":{"shape":[28,28,1]}},
 {"id":"c1","type":"conv2d","name":"C1","position":{"x":0,"y":0},"params":{"filters":${filters}}}],"edges":[],"groups":[]}}`

function pastRuns(): RunDetail[] {
  return [
    { id: 'r3', rate: 0.001, filters: 6, speed: 1, seed: 3, at: '2026-11-20T16:04:11Z', state: 'completed' },
    { id: 'r2', rate: 0.01, filters: 6, speed: 2, seed: 2, at: '2026-11-20T15:40:02Z', state: 'stopped' },
    { id: 'r1', rate: 0.1, filters: 16, speed: 0.1, seed: 1, at: '2026-11-20T15:31:47Z', state: 'failed' },
  ].map(({ id, rate, filters, speed, seed, at, state }): RunDetail => {
    const events = [...replay({ epochs: 12, stepsPerEpoch: 63, seed, speed })]
    const epochs = events.filter((e) => e.kind === 'epoch')
    const last = epochs.at(-1)
    return {
      summary: {
        id,
        name: 'LeNet-5',
        state: state === 'completed' ? 'completed' : state === 'stopped' ? 'stopped' : 'failed',
        engine: 'wasm',
        data: 'digits',
        startedAt: at,
        epochs: 12,
        epochsDone: 12,
        loss: last?.loss ?? null,
        valLoss: last?.valLoss ?? null,
        valAccuracy: last?.valAccuracy ?? null,
        ...(state === 'failed' && { error: 'The loss became NaN at step 700. Lower the learning rate (0.1).' }),
      },
      started: {
        kind: 'started',
        engine: 'wasm',
        epochs: 12,
        stepsPerEpoch: 63,
        trainSamples: 4000,
        validationSamples: 1000,
        parameters: 61_706 + filters,
      },
      project: project(rate, filters),
      steps: events.filter((e) => e.kind === 'step'),
      epochs,
      statistics: [],
      confusion: state === 'failed' ? null : { labels: names, counts: digitConfusion(), mistakes: mistakes() },
    }
  })
}

const names = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

const ring = (k: number): number[] =>
  Array.from({ length: 784 }, (_, i) => {
    const [y, x] = [Math.floor(i / 28) - 14, (i % 28) - 14]
    const distance = Math.abs(Math.hypot(x * (1 + (k % 4) / 6), y) - 8)
    return Math.max(0, Math.min(1, 1.6 - distance / 1.6))
  })

/** Rings in place of digits. */
const mistakes = () =>
  digitMistakes.map(([truth, predicted], k) => ({
    truth,
    predicted,
    probability: 0.998 - k * 0.031,
    shape: [28, 28, 1],
    pixels: btoa(String.fromCharCode(...ring(k).map((v) => Math.round(v * 255)))),
  }))

function digits(spec: string): DataSummary {
  const random = noise(7)
  return {
    spec,
    samples: 5000,
    inputShape: [28, 28, 1],
    labels: names,
    balance: [498, 503, 511, 487, 502, 499, 490, 512, 500, 498],
    targetSize: 10,
    preview: names.concat(names).map((label, k) => ({
      label,
      values: ring(k).map((v) => v * (0.9 + 0.1 * random())),
    })),
    problems: [],
  }
}

function table(spec: string): DataSummary {
  const random = noise(5)
  return {
    spec,
    samples: 178,
    inputShape: [13],
    labels: ['Barbera', 'Barolo', 'Grignolino'],
    balance: [48, 59, 71],
    targetSize: 3,
    preview: ['Barolo', 'Barbera', 'Grignolino'].map((label) => ({
      label,
      values: Array.from({ length: 13 }, () => (random() + 1) / 2),
    })),
    problems: [note('rowsLeftOut', { count: 2, lines: '17, 90' })],
  }
}
