import type { Inference } from '#shared/graph/infer'
import type { Project } from '#shared/project/project'
import { type EngineInfo, type EngineName, engineNames } from '#shared/training/run'
import type { MeasureHandle } from '../client'
import { disagreeing } from './agreement'
import type { Subject } from './measurement'
import { estimated } from './memory'
import { keyOf, type Measured, proven, ranOut, recall, remember, rememberDeath } from './remembered'
import { Trials } from './trials'

/** Measures a network on one engine, in a process of its own. */
export type Measure = (engine: EngineName, subject: Subject) => MeasureHandle
export interface Tools {
  readonly measure: Measure
  /** The file of what was measured before. */
  readonly file: string
}

export interface Question {
  readonly project: Project
  readonly inference: Pick<Inference, 'totals'>
  readonly engine: EngineName
  /** Those of this machine, the likely fastest first. */
  readonly engines: readonly EngineInfo[]
  /** The batch that is measured is chosen here. */
  readonly subject: Omit<Subject, 'batch' | 'checked'>
  /** Samples that the whole run trains on, each as often as it comes. */
  readonly samples: number
  /** Bytes that processes may still take. */
  readonly free: number
  /** Measures although the same was measured before. */
  readonly again: boolean
  /** Measures also where the run is short or the engine is named. */
  readonly always: boolean
  readonly signal: AbortSignal
  /** Told of each engine that is about to be measured. */
  readonly tell: (engine: EngineName) => void
}

export interface Answer {
  /** All that could compute it, the likely fastest first. */
  readonly candidates: readonly EngineName[]
  readonly engines: Measured
  /** Engines that were not measured, with the reason. */
  readonly untried: ReadonlyMap<string, 'slower' | 'short'>
  readonly differing: ReadonlySet<string>
  /** Nothing had to be measured now. */
  readonly remembered: boolean
}

/** Steps that take so many times as long as those of the best engine tell enough. */
const HOPELESS = 5
/** A run that takes less is not worth finding a faster engine for. In seconds, as everything below. */
const SHORT = 8
/** Multiply-adds of a measured step, at most: a larger batch is measured by a part of it. */
const WORK = 5e9
/** Forward, and two products of the same size backward. */
const PASSES = 3
/** Multiply-adds per second of the built-in engine, roughly; with it a run is told to be short before anything is measured. */
const USUAL = 2e9
/** What it takes to call a layer, forward and backward. */
const CALL = 1e-4
/** An engine that cannot do with less for a sample hardly wins: it prepares only when the others have been measured. */
const QUICK = 1e-3
/** Multiply-adds per second that an engine does not reach: where this is too slow it need not be tried. Others have no such limit. */
const ceiling: Readonly<Record<string, number>> = { wasm: 1.5e10, cpu: 3e8 }

/** Measures the engines on the network itself. Stops as soon as it is clear which one it will be. */
export async function choose(question: Question, { measure, file }: Tools): Promise<Answer> {
  const { project, inference, engine, engines, samples, free, again, always, signal, tell } = question
  const key = keyOf(project, engines)
  const known = recall(file, key)
  const full = again ? new Map<string, string>() : ranOut(file, key, free)
  const checked = proven(file, key)
  const found: Measured = {}
  const untried = new Map<string, 'slower' | 'short'>()
  const candidates = engines.flatMap(({ name, available }) => {
    const one = engineNames.find((n) => n === name)
    return one && (engine === 'auto' ? available : name === engine) ? [one] : []
  })
  const work = PASSES * inference.totals.macs
  const batch = Math.max(Math.min(Math.floor(WORK / Math.max(work, 1)), project.training.batchSize), 1)
  const trials = new Trials((name) => measure(name, { ...question.subject, batch, checked: checked.has(name) }), signal)
  let best = Number.POSITIVE_INFINITY

  const told = new Set<string>()
  const tellOnce = (name: EngineName) => {
    if (!told.has(name)) tell(name)
    told.add(name)
  }
  const ask = (name: EngineName, limit: number) => {
    tellOnce(name)
    return trials.result(name, limit)
  }
  const old = (name: EngineName): Measured[string] | undefined => {
    const reason = full.get(name)
    return reason !== undefined ? { reason } : again ? undefined : known[name]
  }
  /** Seconds per sample. */
  const atLeast = (name: EngineName) => work / (ceiling[name] ?? Number.POSITIVE_INFINITY)
  const layers = project.graph.nodes.length
  const short = samples * (work / USUAL) + (samples / project.training.batchSize) * layers * CALL < SHORT
  const unneeded = (name: EngineName): 'slower' | 'short' | null => {
    if (best === Number.POSITIVE_INFINITY) return !always && (short || engine !== 'auto') ? 'short' : null
    if (atLeast(name) > best) return 'slower'
    return samples * best < SHORT ? 'short' : null
  }

  // What is remembered speaks first: no process is started for an engine that it rules out.
  for (const name of candidates) best = Math.min(best, secondsPerSample(old(name)))

  // Processes start and prepare beside each other, where memory holds them all; but none that hardly can win.
  const { fixed, perSample } = estimated(inference)
  const awaited = candidates.filter((name) => !old(name) && !unneeded(name) && atLeast(name) < QUICK)
  if (awaited.length * (fixed + batch * perSample) < free / 2) for (const name of awaited) trials.start(name)
  if (awaited[0]) tellOnce(awaited[0])
  await trials.ready()

  for (const name of candidates) {
    const before = old(name)
    const why = before ? null : unneeded(name)
    if (why) {
      untried.set(name, why)
      continue
    }
    const now = before ?? (await ask(name, HOPELESS * best * batch))
    if (!now) break
    found[name] = now
    best = Math.min(best, secondsPerSample(now))
    // Only its loss was asked for, which spoke for another.
    if ('loss' in now && now.stepSeconds === 0) untried.set(name, 'slower')
  }
  // One that nothing was compared with: the next one says at least whether the loss is right.
  const witness = candidates.find((name) => untried.get(name) === 'slower')
  const alone = Object.values(found).filter((m) => 'loss' in m).length === 1
  if (witness !== undefined && alone && samples * best >= SHORT && !signal.aborted) {
    const opinion = await ask(witness, 0)
    if (opinion) found[witness] = opinion
  }
  trials.end()
  for (const name of trials.full) {
    const outcome = found[name]
    if (outcome && 'reason' in outcome) rememberDeath(project, name, free, outcome.reason, file)
  }
  const passing = new Set([...trials.silent, ...trials.full, ...full.keys()])
  const lasting = Object.entries(found).filter(([name]) => !passing.has(name))
  if (trials.asked > 0 && !signal.aborted)
    remember(file, key, { ...(again ? {} : known), ...Object.fromEntries(lasting) })
  return {
    candidates,
    engines: found,
    untried,
    differing: disagreeing(candidates, found),
    remembered: trials.asked === 0,
  }
}

/** Infinite where no steps were measured. */
export const secondsPerSample = (m: Measured[string] | undefined): number =>
  m && 'loss' in m && m.stepSeconds > 0 ? m.stepSeconds / m.batch : Number.POSITIVE_INFINITY
