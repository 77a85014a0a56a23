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
  engines: (['tensorflow', 'onnx', 'wasm'] as const).map((name) => ({ name, version: '1', available: true })),
  subject: { project: '', inputShape: [28, 28, 1], targetSize: 10, classes: true },
  samples: 1_000_000,
  free: 8e9,
  again: false,
  always: false,
  signal: new AbortController().signal,
  tell: () => {},
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
    const answers = { tensorflow: { stepSeconds: 0.032 }, onnx: { stepSeconds: 0.016 }, wasm: { stepSeconds: 0.64 } }
    const found = await choose(question, tools(answers))
    expect(preferred(found, work)).toEqual(['onnx', 'tensorflow', 'wasm'])
    const plan = planOf('onnx', found, work)
    expect(plan.trials).toEqual([
      { engine: 'tensorflow', outcome: 'measured', samplesPerSecond: 2000 },
      { engine: 'onnx', outcome: 'measured', samplesPerSecond: 4000 },
      { engine: 'wasm', outcome: 'measured', samplesPerSecond: 100 },
    ])
    // 5,000 samples at 4,000 a second, and 1,000 forward at a third of that.
    expect(plan.secondsPerEpoch).toBeCloseTo(1.25 + 0.25 / 3, 10)
    expect(plan.remembered).toBe(false)
  })

  test('an engine that cannot reach what is remembered of another is not even started', async () => {
    const three = {
      ...question,
      engines: (['onnx', 'wasm', 'cpu'] as const).map((name) => ({ name, version: '1', available: true })),
      inference: { totals: { ...question.inference.totals, macs: 5e4 } },
    }
    const answers = { onnx: { stepSeconds: 0.016 }, wasm: { stepSeconds: 0.64 }, cpu: { stepSeconds: 9 } }
    expect((await choose(three, tools(answers))).untried.get('cpu')).toBe('slower')
    started = []
    const told: EngineName[] = []
    const again = await choose({ ...three, tell: (engine) => told.push(engine) }, tools(answers))
    expect(again.untried.get('cpu')).toBe('slower')
    expect(again.remembered).toBe(true)
    expect(started).toEqual([])
    expect(told).toEqual([])
  })

  test('a crash, an engine that computes otherwise and one that is out of memory are reasons, never the end', async () => {
    const answers = {
      tensorflow: { code: 'crashed', message: 'The training process was ended by SIGSEGV.' },
      onnx: { stepSeconds: 0.002, loss: 2.5 },
      wasm: { stepSeconds: 0.1 },
    } as const
    const found = await choose(question, tools(answers))
    expect(preferred(found, work)).toEqual(['wasm'])
    expect(planOf('wasm', found, work).trials.map((t) => t.outcome)).toEqual(['failed', 'differs', 'measured'])
    expect(planOf('wasm', found, work).trials[0]?.reason).toContain('SIGSEGV')
    const small = { ...work, available: 95e6 }
    const roomy = { memory: { start: 100e6, built: 100e6, peak: 130e6 } }
    const tight = await choose(
      { ...question, again: true },
      tools({ tensorflow: { stepSeconds: 0.01 }, onnx: roomy, wasm: roomy }),
    )
    expect(planOf('onnx', tight, small).trials.map((t) => t.outcome)).toEqual(['tooLarge', 'measured', 'measured'])
    expect(preferred(tight, small)).toEqual(['onnx', 'wasm'])
  })

  test('of three losses the middle one is right, of two that of the simpler engine', async () => {
    const three = await choose(question, tools({ tensorflow: {}, onnx: {}, wasm: { loss: 1 } }))
    expect([...three.differing]).toEqual(['wasm'])
    const two = { ...question, engines: question.engines.slice(1) }
    const found = await choose(two, tools({ onnx: { loss: null }, wasm: {} }))
    expect([...found.differing]).toEqual(['onnx'])
  })

  test('measures nothing for a run that is over sooner, and no engine that cannot win', async () => {
    const short = await choose({ ...question, samples: 64 }, tools({}))
    expect(asked).toEqual([])
    expect(preferred(short, work)).toEqual(['tensorflow', 'onnx', 'wasm'])
    expect(planOf('tensorflow', short, work)).toMatchObject({ secondsPerEpoch: null, remembered: false })
    // At this speed the run takes 3 seconds.
    await choose(question, tools({ tensorflow: { stepSeconds: 64 * 3e-6 }, onnx: {}, wasm: {} }))
    expect(asked.map((a) => a.engine)).toEqual(['tensorflow'])
  })

  test('an engine that cannot win still says whether the loss of the only one measured is right', async () => {
    const two = { ...question, engines: question.engines.slice(1) }
    const fast = { onnx: { stepSeconds: 64 * 2e-5, loss: 7 }, wasm: {} }
    const found = await choose(
      { ...two, inference: { totals: { ...question.inference.totals, macs: 5e8 } } },
      tools(fast),
    )
    expect(asked.map((a) => [a.engine, a.limit > 0])).toEqual([
      ['onnx', true],
      ['wasm', false],
    ])
    expect(preferred(found, work)).toEqual(['wasm'])
    expect(planOf('wasm', found, work).trials.map((t) => t.outcome)).toEqual(['differs', 'slower'])
  })

  test('a network that takes long is measured by a part of its batch', async () => {
    const heavy = { totals: { ...question.inference.totals, macs: 1e9 } }
    await choose({ ...question, inference: heavy }, tools({ tensorflow: {}, onnx: {}, wasm: {} }))
    expect(started[0]?.subject.batch).toBe(1)
  })

  test('engines start and prepare together, but take their steps in turn, each told what it has to beat', async () => {
    const answers = { tensorflow: { stepSeconds: 0.032 }, onnx: { stepSeconds: 0.016 }, wasm: {} }
    const told: string[] = []
    await choose({ ...question, tell: (e) => told.push(`${e} after ${started.length}`) }, tools(answers))
    expect(told).toEqual(['tensorflow after 3', 'onnx after 3', 'wasm after 3'])
    expect(asked.map((a) => a.limit)).toEqual([Number.POSITIVE_INFINITY, 5 * 0.032, 5 * 0.016])
  })

  test('they prepare one after the other where memory would not hold them all, and the slow only where they can win', async () => {
    const told: string[] = []
    const tell = (e: string) => told.push(`${e} after ${started.length}`)
    await choose({ ...question, free: 300e6, tell }, tools({ tensorflow: {}, onnx: {}, wasm: {} }))
    expect(told).toEqual(['tensorflow after 0', 'onnx after 1', 'wasm after 2'])
    started = []
    const heavy = { totals: { ...question.inference.totals, macs: 5e7 } }
    await choose({ ...question, inference: heavy, again: true }, tools({ tensorflow: {}, onnx: {}, wasm: {} }))
    expect(started.map((s) => s.engine)).toEqual(['tensorflow', 'onnx'])
  })

  test('one that is named is not measured unless somebody asks', async () => {
    const named = { ...question, engine: 'wasm' } as const
    expect(preferred(await choose(named, tools({ wasm: {} })), work)).toEqual(['wasm'])
    expect(asked).toEqual([])
    const found = await choose({ ...named, always: true }, tools({ wasm: {} }))
    expect(planOf('wasm', found, work).secondsPerEpoch).toBeGreaterThan(0)
  })

  test('an engine that says nothing is ended, and tried again the next time', async () => {
    vi.useFakeTimers()
    const choosing = choose(question, tools({ onnx: { stepSeconds: 0.016 }, wasm: {} }))
    await vi.advanceTimersByTimeAsync(70_000)
    vi.useRealTimers()
    const found = await choosing
    expect(planOf('onnx', found, work).trials[0]).toEqual({
      engine: 'tensorflow',
      outcome: 'failed',
      reason: 'It gave no answer within 30 s.',
    })
    asked = []
    const later = await choose(question, tools({ tensorflow: { stepSeconds: 0.008 } }))
    expect(asked.map((a) => a.engine)).toEqual(['tensorflow'])
    expect(preferred(later, work)).toEqual(['tensorflow', 'onnx', 'wasm'])
  })

  test('stopping ends what is being measured, and nothing of it is remembered', async () => {
    const stop = new AbortController()
    const tell = () => queueMicrotask(() => stop.abort())
    const found = await choose({ ...question, signal: stop.signal, tell }, tools({}))
    expect(found.engines).toEqual({})
    expect((await choose(question, tools({ tensorflow: {}, onnx: {}, wasm: {} }))).remembered).toBe(false)
  })
})

describe('remembering', () => {
  const answers = { tensorflow: {}, onnx: { stepSeconds: 0.016 }, wasm: {} }

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
    const first = await choose(question, tools({ ...answers, onnx: full }))
    expect(preferred(first, work)).toEqual(['tensorflow', 'wasm'])
    const later = async (change: Partial<Question>) => {
      asked = []
      const found = await choose({ ...question, ...change }, tools(answers))
      return [asked.map((a) => a.engine), planOf('onnx', found, work).trials[1]?.outcome]
    }
    expect(await later({})).toEqual([[], 'failed'])
    expect(await later({ free: 11e9 })).toEqual([[], 'failed'])
    const smaller = { ...p, training: { ...p.training, batchSize: 32 } }
    expect(await later({ project: smaller })).toEqual([['tensorflow', 'onnx', 'wasm'], 'measured'])
    vi.useFakeTimers({ now: Date.now() + 90_000_000, toFake: ['Date'] })
    expect(await later({ samples: 2_000_000 })).toEqual([['onnx'], 'measured'])
    vi.useRealTimers()
    // It has had its memory now.
    expect(await later({})).toEqual([[], 'measured'])
    rememberDeath(p, 'onnx', 8e9, 'Memory ran out.', file)
    expect(await later({})).toEqual([[], 'failed'])
    expect(await later({ free: 13e9 })).toEqual([[], 'measured'])
    expect(await later({ again: true })).toEqual([['tensorflow', 'onnx', 'wasm'], 'measured'])
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
