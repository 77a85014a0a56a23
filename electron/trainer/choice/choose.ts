import type { Inference } from '#shared/graph/infer'
import type { Project } from '#shared/project/project'
import { failure } from '#shared/training/failures'
import { type EngineInfo, type EngineName, engineNames } from '#shared/training/run'
import type { JobHandle } from '../client'
import { disagreeing } from './agreement'
import type { Measurement, Subject } from './measurement'
import { keyOf, type Measured, recall, remember } from './remembered'

/** Measures a network on one engine, in a process of its own. */
export type Measure = (engine: EngineName, subject: Subject) => JobHandle<Measurement>
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
  /** The batch and the time that are measured are chosen here. */
  readonly subject: Omit<Subject, 'batch' | 'seconds'>
  /** Samples that the whole run trains on, each as often as it comes. */
  readonly samples: number
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

/** Steps are taken for this long on each engine. In seconds, as everything below. */
const MEASURED = 0.4
/** An engine that says nothing for so long is ended. */
const PATIENCE = 30
/** A run that takes less is not worth finding a faster engine for. */
const SHORT = 8
/** Multiply-adds of a measured step, at most: a larger batch is measured by a part of it. */
const WORK = 5e9
/** Forward, and two products of the same size backward. */
const PASSES = 3
/** Multiply-adds per second of the built-in engine, roughly; with it a run is told to be short before anything is measured. */
const USUAL = 2e9
/** What it takes to call a layer, forward and backward. */
const CALL = 1e-4
/** Multiply-adds per second that an engine does not reach: where this is too slow it need not be tried. Others have no such limit. */
const ceiling: Readonly<Record<string, number>> = { wasm: 1.5e10, cpu: 3e8 }

/**
 * Measures the engines on the network itself, each in a process of its own, so that a crash, a hang or a full memory is a reason and
 * nothing else. Stops as soon as it is clear which one it will be.
 */
export async function choose(question: Question, { measure, file }: Tools): Promise<Answer> {
  const { project, inference, engine, engines, samples, again, always, signal, tell } = question
  const key = keyOf(project, engines)
  const known = recall(file, key)
  const found: Measured = {}
  const untried = new Map<string, 'slower' | 'short'>()
  const candidates = engines.flatMap(({ name, available }) => {
    const one = engineNames.find((n) => n === name)
    return one && (engine === 'auto' ? available : name === engine) ? [one] : []
  })
  const work = PASSES * inference.totals.macs
  const batch = Math.max(Math.min(Math.floor(WORK / Math.max(work, 1)), project.training.batchSize), 1)
  /** Ended for their silence: the machine may only have been busy, so that they are tried again the next time. */
  const silent = new Set<string>()
  let [asked, best] = [0, Number.POSITIVE_INFINITY]

  const ask = async (name: EngineName, seconds: number): Promise<Measured[string] | null> => {
    asked++
    tell(name)
    const handle = measure(name, { ...question.subject, batch, seconds })
    const timer = setTimeout(() => {
      silent.add(name)
      handle.kill()
    }, 1000 * PATIENCE)
    signal.addEventListener('abort', handle.kill, { once: true })
    const result = await handle.done
    clearTimeout(timer)
    signal.removeEventListener('abort', handle.kill)
    if (result.ok) return result.value
    // Of the network, not of the engine.
    if (signal.aborted || result.error.code === 'invalidProject') return null
    return { reason: silent.has(name) ? failure('engineSilent', { seconds: PATIENCE }) : result.error.message }
  }
  const layers = project.graph.nodes.length
  const short = samples * (work / USUAL) + (samples / project.training.batchSize) * layers * CALL < SHORT
  const unneeded = (name: EngineName): 'slower' | 'short' | null => {
    if (best === Number.POSITIVE_INFINITY) return !always && (short || engine !== 'auto') ? 'short' : null
    if (work / (ceiling[name] ?? Number.POSITIVE_INFINITY) > best) return 'slower'
    return samples * best < SHORT ? 'short' : null
  }

  for (const name of candidates) {
    const old = again ? undefined : known[name]
    const why = old ? null : unneeded(name)
    if (why) {
      untried.set(name, why)
      continue
    }
    const now = old ?? (await ask(name, MEASURED))
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
  const lasting = Object.fromEntries(Object.entries(found).filter(([name]) => !silent.has(name)))
  if (asked > 0 && !signal.aborted) remember(file, key, { ...(again ? {} : known), ...lasting })
  return { candidates, engines: found, untried, differing: disagreeing(candidates, found), remembered: asked === 0 }
}

/** Infinite where no steps were measured. */
export const secondsPerSample = (m: Measured[string] | undefined): number =>
  m && 'loss' in m && m.stepSeconds > 0 ? m.stepSeconds / m.batch : Number.POSITIVE_INFINITY
