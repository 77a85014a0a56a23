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
import type { JobHandle, TrainerError } from '../../../../electron/trainer/client'
import { project, smallCnn } from '../networks'

const folder = mkdtempSync(join(tmpdir(), 'netloom-choice-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Told = Partial<Measurement> | TrainerError
let asked: { engine: string; subject: Subject }[] = []
let file = ''
let files = 0
beforeEach(() => {
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
  measure(engine: EngineName, subject: Subject): JobHandle<Measurement> {
    asked.push({ engine, subject })
    let kill = (): void => {}
    const done = new Promise<Awaited<JobHandle<Measurement>['done']>>((resolve) => {
      const told = answers[engine]
      kill = () => resolve(err({ code: 'crashed', message: 'The training process was ended by SIGKILL.' }))
      if (told && 'code' in told) resolve(err(told))
      else if (told) resolve(ok({ ...usual, ...(subject.seconds === 0 && { stepSeconds: 0 }), ...told }))
    })
    return { stop: kill, pause: kill, continue: kill, kill: () => kill(), done }
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
    await choose(question, tools({ tensorflow: { stepSeconds: 64 * 3e-6 } }))
    expect(asked.map((a) => a.engine)).toEqual(['tensorflow'])
  })

  test('an engine that cannot win still says whether the loss of the only one measured is right', async () => {
    const two = { ...question, engines: question.engines.slice(1) }
    const fast = { onnx: { stepSeconds: 64 * 2e-5, loss: 7 }, wasm: {} }
    const found = await choose(
      { ...two, inference: { totals: { ...question.inference.totals, macs: 5e8 } } },
      tools(fast),
    )
    expect(asked.map((a) => [a.engine, a.subject.seconds > 0])).toEqual([
      ['onnx', true],
      ['wasm', false],
    ])
    expect(preferred(found, work)).toEqual(['wasm'])
    expect(planOf('wasm', found, work).trials.map((t) => t.outcome)).toEqual(['differs', 'slower'])
  })

  test('a network that takes long is measured by a part of its batch', async () => {
    const heavy = { totals: { ...question.inference.totals, macs: 1e9 } }
    await choose({ ...question, inference: heavy }, tools({ tensorflow: {}, onnx: {}, wasm: {} }))
    expect(asked[0]?.subject.batch).toBe(1)
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
    await vi.advanceTimersByTimeAsync(40_000)
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
    asked = []
    const again = await choose({ ...question, project: { ...p, graph: { ...p.graph, nodes } } }, tools({}))
    expect(asked).toEqual([])
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

  test('a damaged file is as good as none', async () => {
    await choose(question, tools(answers))
    writeFileSync(file, '{"format":1,"entries":[{"key"')
    asked = []
    await choose(question, tools(answers))
    expect(asked).toHaveLength(3)
  })
})
