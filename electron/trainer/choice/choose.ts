import type { Inference } from '#shared/graph/infer'
import type { Project } from '#shared/project/project'
import { type EngineInfo, type EngineName, engineNames } from '#shared/training/run'
import type { MeasureHandle } from '../client'
import { disagreeing } from './agreement'
import { effortOf, outdoneBy, SHORT } from './effort'
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
  /** How it is measured is chosen here. */
  readonly subject: Omit<Subject, 'batch' | 'compared' | 'warm' | 'checked'>
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
/** An engine that cannot do with less for a sample hardly wins: it prepares only when the others have been measured. */
const QUICK = 1e-3

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
  const { atLeast, batchOn, compared, short, speaks } = effortOf(question)
  const trials = new Trials((name, warm) => {
    const batch = batchOn(name)
    return measure(name, { ...question.subject, batch, compared, warm, checked: checked.has(name) })
  }, signal)
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
  const unneeded = (name: EngineName): 'slower' | 'short' | null => {
    if (best === Number.POSITIVE_INFINITY) return !always && (short || engine !== 'auto') ? 'short' : null
    if (atLeast(name) > best || outdoneBy(name).some((other) => computes(found[other]))) return 'slower'
    return samples * best < SHORT ? 'short' : null
  }

  // What is remembered speaks first: no process is started for an engine that it rules out.
  for (const name of candidates) {
    const before = old(name)
    if (before) found[name] = before
    best = Math.min(best, secondsPerSample(before))
  }

  // Processes start and prepare beside each other, where memory holds them all; but none that hardly can win.
  const likely = (name: EngineName) => candidates.includes(name) && (!found[name] || computes(found[name]))
  const awaited = candidates.filter(
    (name) => !found[name] && !unneeded(name) && atLeast(name) < QUICK && !outdoneBy(name).some(likely),
  )
  const alone = awaited.length === 1 && !Object.values(found).some(computes)
  const { fixed, perSample } = estimated(inference)
  const needed = awaited.reduce((sum, name) => sum + fixed + batchOn(name) * perSample, 0)
  if (needed < free / 2) {
    for (const name of awaited) trials.start(name)
    const second = alone
      ? candidates.find((name) => !found[name] && !awaited.includes(name) && speaks(name))
      : undefined
    if (second) trials.start(second, false)
  }
  if (awaited[0]) tellOnce(awaited[0])
  await trials.ready()

  for (const name of candidates) {
    // An opinion is a measurement only where nothing else is.
    if (found[name] && !(isOpinion(found[name]) && best === Number.POSITIVE_INFINITY)) continue
    const why = unneeded(name)
    if (why) {
      untried.set(name, why)
      continue
    }
    const now = await ask(name, HOPELESS * best * batchOn(name))
    if (!now) break
    found[name] = now
    best = Math.min(best, secondsPerSample(now))
  }
  // Only their loss was asked for, which spoke for another.
  for (const name of candidates) if (isOpinion(found[name])) untried.set(name, 'slower')
  // One that nothing was compared with, or two that differ: the next one says which loss is right.
  const witness = candidates.find((name) => untried.get(name) === 'slower' && !found[name] && speaks(name))
  const losses = Object.values(found).filter(computes).length
  const unclear = losses === 1 || (losses === 2 && disagreeing(candidates, found).size > 0)
  if (witness !== undefined && unclear && samples * best >= SHORT && !signal.aborted) {
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

const computes = (m: Measured[string] | undefined): boolean => m !== undefined && 'loss' in m

const isOpinion = (m: Measured[string] | undefined): boolean => m !== undefined && 'loss' in m && m.stepSeconds === 0
