import { create } from 'zustand'
import type { Host, HostError } from '#shared/host'
import type { Result } from '#shared/result'
import { type EngineInfo, type EngineName, engineNames, type RunSummary, type TrainEvent } from '#shared/training/run'
import { applyTrainEvent, going, isRunning, mergeDetail, newRun, type Run, strangerRun } from '../runs/run'

interface RunStore {
  /** Runs whose curves are at hand: the one that goes on, and those opened. */
  readonly runs: ReadonlyMap<string, Run>
  /** All runs that the host has, newest first. */
  readonly list: readonly RunSummary[]
  /** The run that curves, results and export speak of. */
  readonly current: string | null
  /** What has been asked for and has not happened yet. */
  readonly pending: 'starting' | 'stopping' | 'pausing' | 'continuing' | null
  /** Why the last request to the host failed. */
  readonly error: string | null
  readonly engines: readonly EngineInfo[]
  readonly engine: EngineName
  /** The run whose weights the next one begins with, as far as they fit; null: with new ones. */
  readonly startFrom: string | null
  /** Counts the repaints that curves which grew in place ask for. */
  readonly revision: number
  setEngine(engine: EngineName): void
  setStartFrom(run: string | null): void
  dismissError(): void
  /** Listens to the host and finds a run that still goes on. Returns the way to stop. */
  connect(host: Host): () => void
  refresh(host: Host): Promise<void>
  /** After the connection was lost: what became meanwhile of the run that went on. */
  catchUp(host: Host): Promise<void>
  /** Reads a run's curves and results from the host, unless they are at hand. */
  load(host: Host, id: string): Promise<void>
  /** Makes a run the one that is looked at. */
  open(host: Host, id: string): Promise<void>
  /** Trains what `project`, the text of a project file, says. True when it began. */
  start(host: Host, project: string, about: { name: string; data: string; epochs: number }): Promise<boolean>
  stop(host: Host): Promise<void>
  /** Makes the run under way wait; `proceed` lets it go on. */
  pause(host: Host): Promise<void>
  proceed(host: Host): Promise<void>
  /** Trains on from the last checkpoint of a run that ended early. */
  resume(host: Host, id: string): Promise<void>
}

/**
 * Milliseconds between repaints while training: smooth to the eye, and it leaves the processor to the training. Events are counted
 * in at once, whatever their rate. Where the processor is busy and a repaint takes long, they come as seldom as leaves it this share,
 * but not more seldom than people wait.
 */
const REPAINT = 100
const LONGEST = 1000
const SHARE = 1 / 5
/** The run looked at survives a reload of the page, not the window. */
const CURRENT = 'netloom.run'
const ENGINE = 'netloom.engine'

/** Progress of training: high frequency, and never touches the document. */
export const useRuns = create<RunStore>()((set, get) => {
  /** What has been heard since the last repaint. */
  let heard = new Map<string, Run>()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What the last repaint took, in milliseconds. */
  let cost = 0

  const find = (id: string): Run | undefined => heard.get(id) ?? get().runs.get(id)
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const fresh = heard
    heard = new Map()
    const began = performance.now()
    set((s) => ({
      runs: new Map([...s.runs, ...fresh]),
      list: s.list.map((r) => fresh.get(r.id)?.summary ?? r),
      revision: s.revision + 1,
    }))
    setTimeout(() => {
      cost = performance.now() - began
    })
  }
  const keep = (run: Run) => {
    heard.set(run.summary.id, run)
    timer ??= setTimeout(flush, Math.min(Math.max(REPAINT, cost / SHARE), LONGEST))
  }
  const choose = (id: string) => {
    sessionStorage.setItem(CURRENT, id)
    set({ current: id, error: null })
  }
  const receive = (host: Host, id: string, event: TrainEvent) => {
    const known = find(id)
    keep(applyTrainEvent(known ?? strangerRun(id), event))
    // Started by another window, or before this page was loaded.
    if (!known && get().pending !== 'starting') void get().load(host, id)
    if (event.kind === 'paused' || event.kind === 'continued') {
      flush()
      if (get().pending !== 'stopping') set({ pending: null })
    }
    if (event.kind === 'finished' || event.kind === 'failed') {
      flush()
      set({ pending: null })
      void get().refresh(host)
      // Only some of the steps are reported while they happen: the host has kept all of them, if the run came that far.
      void read(host, id)
    }
  }
  const unless = <T>(r: Result<T, HostError>): T | null => {
    if (r.ok) return r.value
    set({ error: r.error.message })
    return null
  }

  const read = async (host: Host, id: string): Promise<HostError | null> => {
    const detail = await host.request('runs.read', { runId: id })
    if (!detail.ok) return detail.error
    keep(mergeDetail(detail.value, find(id)))
    flush()
    return null
  }

  /** Asks the run under way for something that an event will report. */
  const tell = async (
    host: Host,
    what: 'train.stop' | 'train.pause' | 'train.continue',
    pending: RunStore['pending'],
  ) => {
    const going = runningRun(get())
    if (!going) return
    set({ pending })
    const told = await host.request(what, { runId: going.summary.id })
    if (!told.ok) set({ pending: null, error: told.error.message })
  }

  return {
    runs: new Map(),
    list: [],
    current: null,
    pending: null,
    error: null,
    engines: [],
    engine: 'auto',
    startFrom: null,
    revision: 0,
    setEngine(engine) {
      localStorage.setItem(ENGINE, engine)
      set({ engine })
    },
    setStartFrom: (startFrom) => set({ startFrom }),
    dismissError: () => set({ error: null }),
    connect(host) {
      set({ engine: engineNames.find((e) => e === localStorage.getItem(ENGINE)) ?? 'auto' })
      const off = host.on('train', ({ runId, event }) => receive(host, runId, event))
      void (async () => {
        const engines = unless(await host.request('engines.list', {}))
        if (engines) set({ engines })
        await get().refresh(host)
        const { list, current } = get()
        if (current !== null) return
        const left =
          list.find((summary) => isRunning({ summary })) ?? list.find((r) => r.id === sessionStorage.getItem(CURRENT))
        if (left) await get().open(host, left.id)
      })()
      return () => {
        off()
        if (timer !== undefined) flush()
      }
    },
    async refresh(host) {
      const list = unless(await host.request('runs.list', {}))
      if (list) set({ list })
    },
    async catchUp(host) {
      await get().refresh(host)
      const run = runningRun(get())
      const summary = run && get().list.find((r) => r.id === run.summary.id)
      if (!run || !summary) return
      keep({ ...run, summary })
      await read(host, summary.id)
      set({ pending: null })
    },
    async load(host, id) {
      if (find(id)?.project) return
      const error = await read(host, id)
      if (error) set({ error: error.message })
    },
    async open(host, id) {
      choose(id)
      await get().load(host, id)
    },
    async start(host, project, { name, data, epochs }) {
      set({ pending: 'starting', error: null })
      const { engine, startFrom } = get()
      const started = unless(
        await host.request('train.start', { project, engine, ...(startFrom !== null && { startFrom }) }),
      )
      set({ pending: null })
      if (!started) return false
      const id = started.runId
      const early = find(id)
      const run = newRun({ ...strangerRun(id).summary, name, data, epochs, engine: get().engine }, project)
      keep(early ? { ...early, project, summary: { ...run.summary, ...early.summary, name, data } } : run)
      flush()
      choose(id)
      void get().refresh(host)
      return true
    },
    async resume(host, id) {
      set({ pending: 'starting', error: null })
      const resumed = await host.request('train.resume', { runId: id })
      set({ pending: null })
      if (!resumed.ok) return set({ error: resumed.error.message })
      await get().open(host, id)
      const run = find(id)
      if (run) keep({ ...run, ending: null, confusion: null, summary: going(run.summary) })
      flush()
    },
    stop: (host) => tell(host, 'train.stop', 'stopping'),
    pause: (host) => tell(host, 'train.pause', 'pausing'),
    proceed: (host) => tell(host, 'train.continue', 'continuing'),
  }
})

/** The run that is being trained now. */
export function runningRun(s: Pick<RunStore, 'runs'>): Run | null {
  for (const run of s.runs.values()) if (isRunning(run)) return run
  return null
}
export const currentRun = (s: Pick<RunStore, 'runs' | 'current'>): Run | null =>
  (s.current !== null && s.runs.get(s.current)) || null
