import { relative } from 'node:path'
import { parseProject } from '#shared/project/parse'
import type { StartedEvent, TrainEvent } from '#shared/training/run'
import type { TrainingHandle } from '../trainer/client'
import { readRun } from '../trainer/runs'
import { showConfusion } from './confusion'
import { fail, print } from './output'
import { createProgress } from './progress'
import { sayTroubles } from './troubles'

/** Shows a training until it ends, and what became of it. Ctrl-C stops and saves; a second one ends at once. `begun`: of a resumed run. */
export async function followTraining(
  folder: string,
  json: boolean,
  begin: (onEvent: (event: TrainEvent) => void) => TrainingHandle,
  begun: StartedEvent | null = null,
): Promise<void> {
  const handle = begin(json ? (event) => print(JSON.stringify(event)) : createProgress(process.stdout, begun))
  stopOnSignals(handle)
  const ended = await handle.done
  if (!ended.ok) return fail(ended.error.message)
  if (json) return print(JSON.stringify({ kind: 'run', folder, summary: ended.value }))
  const detail = await readRun(folder)
  if (detail.ok) {
    const { confusion, project, statistics } = detail.value
    const parsed = parseProject(project)
    for (const trouble of parsed.ok ? sayTroubles(parsed.value.graph, statistics.at(-1)) : []) print(trouble)
    if (confusion) print(`\n${showConfusion(confusion)}`)
  }
  print(`\nThe run is in ${folder}`)
  if (ended.value.state === 'stopped') print(`To go on: netloom resume ${quoted(relative(process.cwd(), folder))}`)
}

const quoted = (path: string): string => (/[^\w./\\:-]/.test(path) ? JSON.stringify(path) : path)

function stopOnSignals(handle: TrainingHandle): void {
  let asked = false
  const stop = () => {
    if (asked) {
      handle.kill()
      process.exit(130)
    }
    asked = true
    process.stderr.write('\nFinishing this step and saving. Press Ctrl-C again to end at once.\n')
    handle.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
}
