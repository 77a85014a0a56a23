import type { Note } from '#shared/training/notes'
import type {
  Confusion,
  Ending,
  Memory,
  RunDetail,
  RunSummary,
  StartedEvent,
  StatisticsEvent,
  TrainEvent,
} from '#shared/training/run'
import { Curves } from '../training/curves/curves'

/** A run as the window knows it, live or past. */
export interface Run {
  readonly summary: RunSummary
  /** The engine that is tried on the network before it starts. */
  readonly measuring: string | null
  readonly started: StartedEvent | null
  /** Grows in place: the store's `revision` tells that it did. */
  readonly curves: Curves
  /** Samples per second at the last step; null before the first. */
  readonly rate: number | null
  /** What the training process held at the last step; null where that is not known. */
  readonly memory: Memory | null
  /** How its layers did when that was told last. */
  readonly statistics: StatisticsEvent | null
  /** Null while it goes on, and after a loss. */
  readonly ending: Ending | null
  readonly confusion: Confusion | null
  /** The text of the project as it was trained; null until it has been read. */
  readonly project: string | null
}

export const newRun = (summary: RunSummary, project: string | null = null): Run => ({
  summary,
  measuring: null,
  started: null,
  curves: new Curves(),
  rate: null,
  memory: null,
  statistics: null,
  ending: null,
  confusion: null,
  project,
})

/** A run that an event speaks of before anything else is known about it. */
export const strangerRun = (id: string): Run =>
  newRun({
    id,
    name: '',
    state: 'running',
    engine: '',
    data: '',
    startedAt: new Date().toISOString(),
    epochs: 0,
    epochsDone: 0,
    loss: null,
    valLoss: null,
    valAccuracy: null,
  })

/** What there is to say of its data and of how it began, and what came up as the data was read. */
export const notesOf = ({ started, ending }: Pick<Run, 'started' | 'ending'>): readonly Note[] => {
  const all = [...(started?.notes ?? []), ...(ending?.notes ?? [])]
  return [...new Map(all.map((note) => [JSON.stringify(note), note])).values()]
}

/** Also while it is paused: its process is there, and it can be stopped. */
export const isRunning = ({ summary: { state } }: { readonly summary: RunSummary }): boolean =>
  state === 'running' || state === 'paused'
/** Can be trained on from its last checkpoint. */
export const isResumable = (s: RunSummary): boolean => s.state === 'stopped' || s.state === 'failed'
/** Has weights to take away or to look into: something was trained and it ended in order. */
export const isTrained = (s: RunSummary): boolean => s.state === 'completed' || s.state === 'stopped'

/** Takes in one report of the training process. */
export function applyTrainEvent(run: Run, event: TrainEvent): Run {
  const { summary } = run
  switch (event.kind) {
    case 'measuring':
      return { ...run, measuring: event.engine }
    case 'started':
      return {
        ...run,
        measuring: null,
        started: event,
        summary: { ...summary, engine: event.engine, epochs: event.epochs },
      }
    case 'step':
      run.curves.addStep(event)
      return {
        ...run,
        rate: event.samplesPerSecond,
        memory: event.memory ?? run.memory,
        summary: going(summary),
      }
    case 'epoch': {
      run.curves.addEpoch(event)
      const { epoch, loss, valLoss, valAccuracy } = event
      return { ...run, summary: { ...summary, epochsDone: epoch, loss, valLoss, valAccuracy } }
    }
    case 'statistics':
      return { ...run, statistics: event }
    case 'paused':
      return { ...run, summary: { ...summary, state: 'paused' } }
    case 'continued':
      return { ...run, summary: going(summary) }
    case 'finished':
      return {
        ...run,
        ending: event,
        confusion: event.confusion,
        summary: { ...summary, state: event.reason === 'stopped' ? 'stopped' : 'completed' },
      }
    case 'failed':
      return { ...run, summary: { ...summary, state: 'failed', error: event.message } }
  }
}

/** A run that takes a step is running, also one that had ended and was resumed. */
export function going(summary: RunSummary): RunSummary {
  if (summary.state === 'running') return summary
  const { error: _, ...rest } = summary
  return { ...rest, state: 'running' }
}

/** What the host has kept of a run, followed by what has been heard of it meanwhile. */
export function mergeDetail(detail: RunDetail, heard: Run | undefined): Run {
  const curves = new Curves()
  for (const s of detail.steps) curves.addStep(s)
  for (const e of detail.epochs) curves.addEpoch(e)
  if (heard) curves.append(heard.curves)
  // What was heard is newer than what the files tell. Only an end may have been missed, while the connection was lost.
  const news = heard && (isRunning(detail) || !isRunning(heard)) ? heard.summary : null
  const { error: _, ...summary } = detail.summary
  return {
    summary: news ? { ...summary, state: news.state, ...(news.error && { error: news.error }) } : detail.summary,
    measuring: heard?.measuring ?? null,
    started: detail.started ?? heard?.started ?? null,
    curves,
    rate: heard?.rate ?? detail.steps.at(-1)?.samplesPerSecond ?? null,
    memory: heard?.memory ?? detail.steps.at(-1)?.memory ?? null,
    statistics: heard?.statistics ?? detail.statistics.at(-1) ?? null,
    ending: heard?.ending ?? detail.ending ?? null,
    confusion: heard?.confusion ?? detail.confusion,
    project: detail.project,
  }
}
