import { create } from 'zustand'
import type { Host } from '#shared/host'
import { serializeProject } from '#shared/project/serialize'
import type { Plan } from '#shared/training/plan'
import type { EngineName } from '#shared/training/run'
import type { Document } from '../../store/document'

/** What a forecast was asked for: it holds as long as these are the same. */
interface Subject {
  readonly graph: Document['graph']
  readonly training: Document['training']
  readonly data: string
  readonly engine: EngineName
}

interface ForecastStore {
  readonly subject: Subject | null
  readonly plan: Plan | null
  readonly error: string | null
  readonly asking: boolean
  ask(host: Host, document: Document, engine: EngineName, measureAgain: boolean): Promise<void>
}

/** What is to be expected of training the document, as far as it was asked for. */
export const useForecast = create<ForecastStore>()((set, get) => ({
  subject: null,
  plan: null,
  error: null,
  asking: false,
  async ask(host, document, engine, measureAgain) {
    const subject = subjectOf(document, engine)
    set({ subject, error: null, asking: true })
    const answer = await host.request('train.plan', { project: serializeProject(document), engine, measureAgain })
    // Asked for again meanwhile.
    if (get().subject !== subject) return
    set(answer.ok ? { plan: answer.value, asking: false } : { plan: null, error: answer.error.message, asking: false })
  },
}))

const subjectOf = ({ graph, training, data }: Document, engine: EngineName): Subject => ({
  graph,
  training,
  data,
  engine,
})

/** Is it of another network, other data, other settings or another engine than those now? */
export function isOutdated(subject: Subject | null, document: Document, engine: EngineName): boolean {
  const now = subjectOf(document, engine)
  return (
    subject !== null &&
    (subject.graph !== now.graph ||
      subject.training !== now.training ||
      subject.data !== now.data ||
      subject.engine !== now.engine)
  )
}
