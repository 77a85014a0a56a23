import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { infer } from '#shared/graph/infer'
import { err, ok } from '#shared/result'
import type { EngineName } from '#shared/training/run'
import { choose, type Question } from '../../../../electron/trainer/choice/choose'
import type { Measurement, Subject } from '../../../../electron/trainer/choice/measurement'
import { planOf, preferred } from '../../../../electron/trainer/choice/plan'
import { rememberDeath } from '../../../../electron/trainer/choice/remembered'
import type { MeasureHandle, TrainerError } from '../../../../electron/trainer/client'
import { project, smallCnn } from '../networks'

const folder = mkdtempSync(join(tmpdir(), 'netloom-choice-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Told = Partial<Measurement> | TrainerError
/** Processes that were started, and what they were told when it was their turn. */
let started: { engine: string; subject: Subject }[] = []
let asked: { engine: string; limit: number }[] = []
let file = ''
let files = 0
beforeEach(() => {
  started = []
  asked = []
  file = join(folder, `${++files}`, 'measurements.json')
})

const usual: Measurement = {
  loss: 2.3,
  batch: 64,
  stepSeconds: 0.064,
  memory: { start: 100e6, built: 110e6, peak: 200e6 },
}

/** Processes that answer what they are told to; engines without an answer never do. */
const tools = (answers: Readonly<Record<string, Told>>) => ({
  file,
  measure(engine: EngineName, subject: Subject): MeasureHandle {
    started.push({ engine, subject })
    let kill = (): void => {}
    let go: MeasureHandle['go'] = () => {}
    const done = new Promise<Awaited<MeasureHandle['done']>>((resolve) => {
      const told = answers[engine]
      kill = () => resolve(err({ code: 'crashed', message: 'The training process was ended by SIGKILL.' }))
      go = (limit) => {
        asked.push({ engine, limit })
        if (told && 'code' in told) resolve(err(told))
        else if (told) resolve(ok({ ...usual, ...told, ...(limit === 0 && { stepSeconds: 0 }) }))
      }
    })
    const ready = answers[engine] ? Promise.resolve() : new Promise<void>(() => {})
    return { stop: kill, pause: kill, continue: kill, kill: () => kill(), go: (limit) => go(limit), ready, done }
  },
})

const p = project(smallCnn([28, 28, 1], 10), 'digits')
const question: Question = {
  project: p,
  inference: { totals: { ...infer(p.graph).totals, macs: 1e5 } },
  engine: 'auto',
  engines: (['tensorflow', 'webgpu', 'onnx'] as const).map((name) => ({ name, version: '1', available: true })),
  subject: { project: '', inputShape: [28, 28, 1], targetSize: 10, classes: true },
  samples: 1_000_000,
  free: 8e9,
  again: false,
  always: false,
  signal: new AbortController().signal,
  tell: () => {},
}
/** Of these each is slower than the one before. */
const three: Question = {
  ...question,
  engines: (['onnx', 'wasm', 'cpu'] as const).map((name) => ({ name, version: '1', available: true })),
}
const work = {
  inference: question.inference,
  batchSize: 64,
  train: 5000,
  validation: 1000,
  readSeconds: 0,
  held: 50e6,
  available: 8e9,
}

describe('choosing', () => {
  test('takes the fastest of those measured, and expects its figures', async () => {
    const answers = { tensorflow: { stepSeconds: 0.032 }, webgpu: { stepSeconds: 0.016 }, onnx: { stepSeconds: 0.64 } }
    const found = await choose(question, tools(answers))
    expect(preferred(found, work)).toEqual(['webgpu', 'tensorflow', 'onnx'])
    const plan = planOf('webgpu', found, work)
    expect(plan.trials).toEqual([
      { engine: 'tensorflow', outcome: 'measured', samplesPerSecond: 2000 },
      { engine: 'webgpu', outcome: 'measured', samplesPerSecond: 4000 },
      { engine: 'onnx', outcome: 'measured', samplesPerSecond: 100 },
    ])
    // 5,000 samples at 4,000 a second, and 1,000 forward at a third of that.
    expect(plan.secondsPerEpoch).toBeCloseTo(1.25 + 0.25 / 3, 10)
    expect(plan.remembered).toBe(false)
  })

  test('of those that are always in the same order the fastest is measured, and what it does is remembered', async () => {
    const answers = { onnx: { stepSeconds: 0.016 }, wasm: { stepSeconds: 0.64 }, cpu: { stepSeconds: 9 } }
    const found = await choose(three, tools(answers))
    expect(asked).toEqual([
      { engine: 'onnx', limit: Number.POSITIVE_INFINITY },
      { engine: 'wasm', limit: 0 },
    ])
    // The one whose loss alone is wanted takes no first step.
    expect(started.map((s) => [s.engine, s.subject.warm])).toEqual([
      ['onnx', true],
      ['wasm', false],
    ])
    expect(planOf('onnx', found, work).trials.map((t) => t.outcome)).toEqual(['measured', 'slower', 'slower'])
    started = []
    const told: EngineName[] = []
    const again = await choose({ ...three, tell: (engine) => told.push(engine) }, tools(answers))
    expect(again).toEqual({ ...found, remembered: true })
    expect([started, told]).toEqual([[], []])
  })

  test('where the fastest of them fails the next one is measured', async () => {
    const crash: TrainerError = { code: 'crashed', message: 'The training process was ended by SIGSEGV.' }
    const found = await choose(three, tools({ onnx: crash, wasm: {}, cpu: {} }))
    expect(preferred(found, work)).toEqual(['wasm', 'cpu'])
    expect(planOf('wasm', found, work).trials.map((t) => t.outcome)).toEqual(['failed', 'measured', 'slower'])
    const later = await choose(three, tools({}))
    expect(later).toEqual({ ...found, remembered: true })
  })

  test('one whose loss was all that was asked for is measured when the others fail', async () => {
    await choose(three, tools({ onnx: {}, wasm: {} }))
    asked = []
    rememberDeath(p, 'onnx', 8e9, 'Memory ran out.', file)
    const found = await choose(three, tools({ wasm: {}, cpu: {} }))
    expect(asked[0]).toEqual({ engine: 'wasm', limit: Number.POSITIVE_INFINITY })
    expect(preferred(found, work)).toEqual(['wasm', 'cpu'])
  })

  test('a crash, an engine that computes otherwise and one that is out of memory are reasons, never the end', async () => {
    const answers = {
      tensorflow: { code: 'crashed', message: 'The training process was ended by SIGSEGV.' },
      webgpu: { stepSeconds: 0.002, loss: 2.5 },
      onnx: { stepSeconds: 0.1 },
    } as const
    const found = await choose(question, tools(answers))
    expect(preferred(found, work)).toEqual(['onnx'])
    expect(planOf('onnx', found, work).trials.map((t) => t.outcome)).toEqual(['failed', 'differs', 'measured'])
    expect(planOf('onnx', found, work).trials[0]?.reason).toContain('SIGSEGV')
    const small = { ...work, available: 95e6 }
    const roomy = { memory: { start: 100e6, built: 100e6, peak: 130e6 } }
    const tight = await choose(
      { ...question, again: true },
      tools({ tensorflow: { stepSeconds: 0.01 }, webgpu: roomy, onnx: roomy }),
    )
    expect(planOf('webgpu', tight, small).trials.map((t) => t.outcome)).toEqual(['tooLarge', 'measured', 'measured'])
    expect(preferred(tight, small)).toEqual(['webgpu', 'onnx'])
  })

  test('of three losses the middle one is right, of two that of the simpler engine', async () => {
    const three = await choose(question, tools({ tensorflow: {}, webgpu: {}, onnx: { loss: 1 } }))
    expect([...three.differing]).toEqual(['onnx'])
    const two = { ...question, engines: question.engines.slice(1) }
    const found = await choose(two, tools({ webgpu: { loss: null }, onnx: {} }))
    expect([...found.differing]).toEqual(['webgpu'])
  })

  test('measures nothing for a run that is over sooner, and no engine that cannot win', async () => {
    const short = await choose({ ...question, samples: 64 }, tools({}))
    expect(asked).toEqual([])
    expect(preferred(short, work)).toEqual(['tensorflow', 'webgpu', 'onnx'])
    expect(planOf('tensorflow', short, work)).toMatchObject({ secondsPerEpoch: null, remembered: false })
    // At this speed the run takes 3 seconds.
    await choose(question, tools({ tensorflow: { stepSeconds: 64 * 3e-6 }, webgpu: {}, onnx: {} }))
    expect(asked.map((a) => a.engine)).toEqual(['tensorflow'])
  })

  test('an engine that cannot win says which loss is right, of one or of two that differ', async () => {
    const one = await choose(three, tools({ onnx: { loss: 7 }, wasm: {} }))
    expect(preferred(one, work)).toEqual(['wasm', 'cpu'])
    expect(planOf('wasm', one, work).trials.map((t) => t.outcome)).toEqual(['differs', 'slower', 'slower'])
    asked = []
    const engines = (['tensorflow', 'onnx', 'wasm'] as const).map((name) => ({ name, version: '2', available: true }))
    const two = await choose({ ...question, engines }, tools({ tensorflow: {}, onnx: { loss: 7 }, wasm: {} }))
    expect(asked.map((a) => [a.engine, a.limit > 0])).toEqual([
      ['tensorflow', true],
      ['onnx', true],
      ['wasm', false],
    ])
    expect([...two.differing]).toEqual(['onnx'])
  })

  test('a network that takes long is measured by a part of its batch, smaller on a slow engine, with losses over as many samples', async () => {
    const heavy = { totals: { ...question.inference.totals, macs: 5e8 } }
    const crash: TrainerError = { code: 'crashed', message: 'The training process was ended by SIGSEGV.' }
    await choose({ ...three, inference: heavy }, tools({ onnx: crash, wasm: {}, cpu: {} }))
    const subjects = started.map(({ engine, subject }) => [engine, subject.batch, subject.compared])
    expect(subjects).toEqual([
      ['onnx', 10, 2],
      ['wasm', 3, 2],
    ])
    // The plain one would take seconds for its opinion.
    expect(asked.map((a) => a.engine)).toEqual(['onnx', 'wasm'])
  })

  test('engines start and prepare together, but take their steps in turn, each told what it has to beat', async () => {
    const answers = { tensorflow: { stepSeconds: 0.032 }, webgpu: { stepSeconds: 0.016 }, onnx: {} }
    const told: string[] = []
    await choose({ ...question, tell: (e) => told.push(`${e} after ${started.length}`) }, tools(answers))
    expect(told).toEqual(['tensorflow after 3', 'webgpu after 3', 'onnx after 3'])
    expect(asked.map((a) => a.limit)).toEqual([Number.POSITIVE_INFINITY, 5 * 0.032, 5 * 0.016])
  })

  test('they prepare one after the other where memory would not hold them all', async () => {
    const told: string[] = []
    const tell = (e: string) => told.push(`${e} after ${started.length}`)
    await choose({ ...question, free: 300e6, tell }, tools({ tensorflow: {}, webgpu: {}, onnx: {} }))
    expect(told).toEqual(['tensorflow after 0', 'webgpu after 1', 'onnx after 2'])
  })

  test('one that is named is not measured unless somebody asks', async () => {
    const named = { ...question, engine: 'onnx' } as const
    expect(preferred(await choose(named, tools({ onnx: {} })), work)).toEqual(['onnx'])
    expect(asked).toEqual([])
    const found = await choose({ ...named, always: true }, tools({ onnx: {} }))
    expect(planOf('onnx', found, work).secondsPerEpoch).toBeGreaterThan(0)
  })

  test('an engine that says nothing is ended, and tried again the next time', async () => {
    vi.useFakeTimers()
    const choosing = choose(question, tools({ webgpu: { stepSeconds: 0.016 }, onnx: {} }))
    await vi.advanceTimersByTimeAsync(70_000)
    vi.useRealTimers()
    const found = await choosing
    expect(planOf('webgpu', found, work).trials[0]).toEqual({
      engine: 'tensorflow',
      outcome: 'failed',
      reason: 'It gave no answer within 30 s.',
    })
    asked = []
    const later = await choose(question, tools({ tensorflow: { stepSeconds: 0.008 } }))
    expect(asked.map((a) => a.engine)).toEqual(['tensorflow'])
    expect(preferred(later, work)).toEqual(['tensorflow', 'webgpu', 'onnx'])
  })

  test('stopping ends what is being measured, and nothing of it is remembered', async () => {
    const stop = new AbortController()
    const tell = () => queueMicrotask(() => stop.abort())
    const found = await choose({ ...question, signal: stop.signal, tell }, tools({}))
    expect(found.engines).toEqual({})
    expect((await choose(question, tools({ tensorflow: {}, webgpu: {}, onnx: {} }))).remembered).toBe(false)
  })
})

describe('remembering', () => {
  const answers = { tensorflow: {}, webgpu: { stepSeconds: 0.016 }, onnx: {} }

  test('the same network is measured once; moving its layers changes nothing', async () => {
    const first = await choose(question, tools(answers))
    const nodes = p.graph.nodes.map((n) => ({ ...n, name: `${n.name} moved`, position: { x: 1, y: 2 } }))
    started = []
    asked = []
    const again = await choose({ ...question, project: { ...p, graph: { ...p.graph, nodes } } }, tools({}))
    expect(started).toEqual([])
    expect(again).toEqual({ ...first, remembered: true })
  })

  test('another batch, another version of an engine and the wish to measure again measure again', async () => {
    await choose(question, tools(answers))
    const others: Question[] = [
      { ...question, project: { ...p, training: { ...p.training, batchSize: 32 } } },
      { ...question, engines: question.engines.map((e) => ({ ...e, version: '2' })) },
      { ...question, again: true },
    ]
    for (const other of others) {
      asked = []
      await choose(other, tools(answers))
      expect(asked).toHaveLength(3)
    }
  })

  test('an engine that has trained another network here is not checked again, in another version it is', async () => {
    await choose(question, tools(answers))
    expect(started.map((s) => s.subject.checked)).toEqual([false, false, false])
    started = []
    const other = { ...question, project: { ...p, training: { ...p.training, batchSize: 32 } } }
    await choose(other, tools(answers))
    expect(started.map((s) => s.subject.checked)).toEqual([true, true, true])
    started = []
    await choose({ ...other, engines: question.engines.map((e) => ({ ...e, version: '2' })) }, tools(answers))
    expect(started.map((s) => s.subject.checked)).toEqual([false, false, false])
  })

  test('an engine that ran out of memory is passed over for this batch, until more is free, a day is over or it is measured again', async () => {
    const full: TrainerError = { code: 'outOfMemory', message: 'The training process ran out of memory.' }
    const first = await choose(question, tools({ ...answers, webgpu: full }))
    expect(preferred(first, work)).toEqual(['tensorflow', 'onnx'])
    const later = async (change: Partial<Question>) => {
      asked = []
      const found = await choose({ ...question, ...change }, tools(answers))
      return [asked.map((a) => a.engine), planOf('webgpu', found, work).trials[1]?.outcome]
    }
    expect(await later({})).toEqual([[], 'failed'])
    expect(await later({ free: 11e9 })).toEqual([[], 'failed'])
    const smaller = { ...p, training: { ...p.training, batchSize: 32 } }
    expect(await later({ project: smaller })).toEqual([['tensorflow', 'webgpu', 'onnx'], 'measured'])
    vi.useFakeTimers({ now: Date.now() + 90_000_000, toFake: ['Date'] })
    expect(await later({ samples: 2_000_000 })).toEqual([['webgpu'], 'measured'])
    vi.useRealTimers()
    // It has had its memory now.
    expect(await later({})).toEqual([[], 'measured'])
    rememberDeath(p, 'webgpu', 8e9, 'Memory ran out.', file)
    expect(await later({})).toEqual([[], 'failed'])
    expect(await later({ free: 13e9 })).toEqual([[], 'measured'])
    expect(await later({ again: true })).toEqual([['tensorflow', 'webgpu', 'onnx'], 'measured'])
    expect(await later({})).toEqual([[], 'measured'])
  })

  test('a damaged file is as good as none', async () => {
    await choose(question, tools(answers))
    writeFileSync(file, '{"format":1,"entries":[{"key"')
    asked = []
    await choose(question, tools(answers))
    expect(asked).toHaveLength(3)
  })
})
