import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EpochEvent, TrainEvent } from '#shared/training/run'
import { writeAtomicSync } from '../writeAtomic'
import { files, type RunFile } from './runFile'

/** Lines of the curves are written together, at most this often. In milliseconds. */
const FLUSH_EVERY = 250

type Validation = Pick<EpochEvent, 'valLoss' | 'valAccuracy' | 'valRmse'>
const validationOf = ({ valLoss, valAccuracy, valRmse }: Validation): Validation => ({
  valLoss,
  valAccuracy,
  ...(valRmse !== undefined && { valRmse }),
})

export const saveRunFile = (folder: string, file: RunFile): void =>
  writeAtomicSync(join(folder, files.run), `${JSON.stringify(file, null, 2)}\n`)

/** Writes a run's folder. Whatever is there is whole at any moment: files are replaced, curves only appended to. */
export class RunWriter {
  private lines = ''
  private flushed = 0

  constructor(
    private readonly folder: string,
    private file: RunFile,
    kept: readonly TrainEvent[],
  ) {
    mkdirSync(join(folder, files.checkpoints), { recursive: true })
    writeAtomicSync(join(folder, files.metrics), kept.map((e) => `${JSON.stringify(e)}\n`).join(''))
    this.save({})
  }

  get run(): RunFile {
    return this.file
  }

  save(change: Partial<RunFile>): void {
    this.file = { ...this.file, ...change }
    saveRunFile(this.folder, this.file)
  }

  record(event: TrainEvent, now = Date.now()): void {
    this.lines += `${JSON.stringify(event)}\n`
    if (event.kind !== 'step' || now - this.flushed >= FLUSH_EVERY) this.flush(now)
  }

  /** `epochs`: how many are done whole. */
  recordEpoch(event: EpochEvent, epochs: number): void {
    this.record(event)
    this.save({ last: { epoch: epochs, loss: event.loss, ...validationOf(event) } })
  }

  /** The figures of a validation that came after the last epoch. */
  saveLast(figures: Validation): void {
    const { last } = this.file
    if (last) this.save({ last: { ...last, ...validationOf(figures) } })
  }

  flush(now = Date.now()): void {
    this.flushed = now
    appendFileSync(join(this.folder, files.metrics), this.lines)
    this.lines = ''
  }

  checkpoint(bytes: Buffer, file: typeof files.last | typeof files.best = files.last): void {
    this.flush()
    writeAtomicSync(join(this.folder, file), bytes)
  }
}
