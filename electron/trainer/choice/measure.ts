import { parseProject, showProjectError } from '#shared/project/parse'
import { err, ok, type Result } from '#shared/result'
import { finite } from '#shared/training/metrics'
import { createRandom } from '#shared/training/random'
import { type EngineName, gpuEngines } from '#shared/training/run'
import { compile } from '../compile'
import { loadEngine } from '../engines'
import { Model } from '../model'
import type { TrainerError } from '../protocol'
import { withRandom } from '../randomness'
import type { Measurement, Subject } from './measurement'

const MOST_STEPS = 200
/** Steps are taken for so many seconds. */
const SECONDS = 0.3

/**
 * Trains a network on made-up samples for a moment. In a process of its own: engines can crash, hang and fill the memory. `turn` is asked
 * for when the network is built and has told its loss, and gives the seconds from which on a step is too slow to be of interest; 0: no
 * step is.
 */
export async function measure(
  engineName: EngineName,
  subject: Subject,
  turn: () => Promise<number>,
): Promise<Result<Measurement, TrainerError>> {
  const start = process.memoryUsage.rss()
  const project = parseProject(subject.project)
  if (!project.ok) return err({ code: 'invalidProject', message: showProjectError(project.error) })
  const engine = await loadEngine(engineName, subject.checked)
  if (!engine.ok) return engine
  const compiled = compile(project.value.graph)
  if (!compiled.ok) return compiled
  const model = new Model(compiled.value, engine.value, project.value.training, subject)
  try {
    model.initialize()
    const built = process.memoryUsage.rss()
    const { batch, compared } = subject
    const { loss } = await model.evaluate(...makeUp(subject, compared), compared)
    const samples = makeUp(subject, batch)
    const random = createRandom(1, 4)
    const step = async () => {
      const began = performance.now()
      // At the rate 0 the weights stay finite, whatever the samples.
      await withRandom(random, () => model.trainStep(...samples, batch, 0))
      return (performance.now() - began) / 1000
    }
    const before = subject.warm ? await step() : null
    const limit = await turn()
    const stepSeconds = limit === 0 ? 0 : await timeSteps(step, before ?? (await step()), engineName, limit)
    // In kilobytes on every system.
    const peak = process.resourceUsage().maxRSS * 1024
    return ok({ loss: finite(loss), batch, stepSeconds, memory: { start, built, peak } })
  } finally {
    model.dispose()
  }
}

/** Values from 0 to 1, which an embedding reads as its first entry, and targets; the first samples are the same however many there are. */
function makeUp({ inputShape, targetSize, classes }: Subject, count: number): [Float32Array, Float32Array] {
  const [inputs, targets] = [createRandom(1, 3), createRandom(1, 5)]
  const width = inputShape.reduce((a, b) => a * b, 1)
  const x = Float32Array.from({ length: count * width }, () => inputs.next())
  const y = Float32Array.from({ length: count * targetSize }, (_, i) =>
    classes ? Number(i % targetSize === Math.floor(i / targetSize) % targetSize) : targets.next(),
  )
  return [x, y]
}

/** A first step that takes longer tells enough: one more would take as long again. In seconds. */
const SLOW = 10
/** Steps that an engine is given to run warm before it is found too slow. */
const WARM = 3

/** The median over the steps but the first, in which engines prepare themselves. */
async function timeSteps(step: () => Promise<number>, first: number, engine: EngineName, limit: number) {
  // GPUs have a program compiled per operator and size in the first step, which says nothing about the others.
  if (first > SLOW && !gpuEngines.has(engine)) return first
  const until = performance.now() + 1000 * SECONDS
  const times: number[] = []
  while (times.length === 0 || (performance.now() < until && times.length < MOST_STEPS)) {
    times.push(await step())
    if (times.length === WARM && Math.min(...times) > limit) break
  }
  times.sort((a, b) => a - b)
  return times[times.length >> 1] ?? first
}
