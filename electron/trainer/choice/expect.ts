import { infer } from '#shared/graph/infer'
import type { Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'
import { isAugmented, isImage } from '#shared/training/augmentation'
import { feedOf } from '#shared/training/inputFit'
import { dataMisfits, inputsOf } from '#shared/training/misfits'
import type { Plan } from '#shared/training/plan'
import type { EngineInfo, EngineName } from '#shared/training/run'
import { augmented } from '../data/augmented'
import { makeBatches, readBatch } from '../data/batch'
import type { DataSet } from '../data/dataSet'
import { split } from '../data/split'
import { type Answer, choose, type Tools } from './choose'
import { availableMemory } from './memory'
import { planOf, preferred, type Work } from './plan'

/** How a choice is made. */
export interface Choosing {
  readonly tools: Tools
  /** Those of this machine, looked for while data are read. */
  readonly engines: Promise<readonly EngineInfo[]>
  readonly signal: AbortSignal
  /** Measures although the same was measured before; also where the run is short or the engine is named. */
  readonly again: boolean
  readonly always: boolean
  readonly tell: (engine: EngineName) => void
}

/** Engines by preference, and what a run on one of them will be like. */
export interface Expectation {
  readonly engines: readonly EngineName[]
  /** Those that have just trained the network rightly, or had when it was measured. */
  readonly checked: ReadonlySet<string>
  on(engine: string): Plan
}

/** Null where the network or its data are not in order, which whoever builds it will say. */
export async function expectRun(
  project: Project,
  engine: EngineName,
  data: DataSet,
  choosing: Choosing,
): Promise<Expectation | null> {
  const { graph, training } = project
  const inference = infer(graph)
  const wrong =
    inference.problems().some((p) => p.severity === 'error') || dataMisfits(graph, inference, data).length > 0
  const shapes = inputsOf(graph).map((n) => (inference.node(n.id)?.outputs[0] ?? []).map((size) => size ?? 0))
  const inputShape = feedOf(data.inputShape, shapes)?.shape
  const parts = split(data, training, training.seed)
  if (wrong || !inputShape || parts.train.length === 0) return null
  const { again, always, signal, tell } = choosing
  const available = availableMemory()
  const answer: Answer = await choose(
    {
      project,
      inference,
      engine,
      engines: await choosing.engines,
      subject: {
        project: serializeProject(project),
        inputShape: [...inputShape],
        targetSize: data.targetSize,
        classes: data.labels !== null,
      },
      samples: parts.train.length * training.epochs,
      free: available,
      again,
      always,
      signal,
      tell,
    },
    choosing.tools,
  )
  const work: Work = {
    inference,
    batchSize: Math.min(training.batchSize, parts.train.length),
    train: parts.train.length,
    validation: parts.validation.length,
    readSeconds: await timeReading(project, data, parts.train),
    held: process.memoryUsage.rss(),
    available,
  }
  const right = Object.keys(answer.engines).filter(
    (name) => 'loss' in (answer.engines[name] ?? {}) && !answer.differing.has(name),
  )
  return {
    engines: preferred(answer, work),
    checked: new Set(right),
    on: (name) => planOf(name, answer, work),
  }
}

/** Samples that are read to see how long that takes. */
const READ = 32

/** Seconds to read a sample as it is trained on: decoded, changed, put into its batch. */
async function timeReading({ training }: Project, data: DataSet, train: Uint32Array): Promise<number> {
  const changing = isAugmented(training) && isImage(data.inputShape)
  const source = changing ? augmented(data, training, training.seed).data : data
  const some = train.subarray(0, READ)
  const began = performance.now()
  await readBatch(source, some, makeBatches(source, some.length))
  return (performance.now() - began) / 1000 / some.length
}
