import { noteText } from '#shared/training/notes'
import type { EpochEvent, StartedEvent, StepEvent, TrainEvent } from '#shared/training/run'
import { count, duration, figure, percent } from './figures'

/**
 * Shows a training as it goes: one line that is written over and over on a terminal, and one line per epoch that stays. Elsewhere,
 * as in a log file, only the latter. `begun`: how a run began that is resumed.
 */
export function createProgress(out: NodeJS.WriteStream, begun: StartedEvent | null): (event: TrainEvent) => void {
  let started = begun
  const overwrite = (line: string) => {
    if (out.isTTY) out.write(`\r\x1b[2K${line}`)
  }
  const stay = (line: string) => out.write(`${out.isTTY ? '\r\x1b[2K' : ''}${line}\n`)
  const epochOf = (epoch: number) => `epoch ${epoch}/${started?.epochs ?? '?'}`

  return (event) => {
    switch (event.kind) {
      case 'started':
        started = event
        for (const note of event.notes ?? []) stay(noteText(note))
        return stay(
          `Training on ${count(event.trainSamples)} samples, validating on ${count(event.validationSamples)}; ` +
            `${count(event.parameters)} parameters, engine ${event.engine}`,
        )
      case 'step':
        return overwrite(progressLine(event, started, out.columns - 1))
      case 'epoch':
        return stay(
          [
            epochOf(event.epoch),
            scores(event.loss, event.accuracy),
            ...validation(event),
            duration(event.seconds),
          ].join('  '),
        )
      case 'paused':
        return overwrite(`${epochOf(event.epoch)}  paused after step ${event.step}`)
      case 'finished':
        return stay(
          `${endings[event.reason](event)}${event.restored === undefined ? '' : ` The weights of epoch ${event.restored} are back.`}`,
        )
      case 'failed':
        // The command prints the message when the run has ended.
        return overwrite('')
      case 'continued':
      case 'statistics':
        return
    }
  }
}

const WIDEST_BAR = 24

/** `epoch 2/5 ━━━━━───── 120/240  loss 0.4123  …`: the bar is the epoch's; it gives way where the terminal is narrow. */
export function progressLine(event: StepEvent, started: StartedEvent | null, width: number): string {
  const { epoch, step } = event
  const perEpoch = started?.stepsPerEpoch ?? 0
  const inEpoch = perEpoch > 0 ? step - (epoch - 1) * perEpoch : step
  const left = started ? (event.seconds / step) * (started.epochs * perEpoch - step) : null
  const head = `epoch ${epoch}/${started?.epochs ?? '?'} `
  const tail = [
    perEpoch > 0 ? `${inEpoch}/${perEpoch}` : `step ${step}`,
    scores(event.loss, event.accuracy),
    ...(event.learningRate === undefined ? [] : [`rate ${Number(event.learningRate.toPrecision(3))}`]),
    `${count(event.samplesPerSecond)} samples/s`,
    ...(left === null ? [] : [`${duration(left)} left`]),
  ].join('  ')
  const room = Math.min(WIDEST_BAR, width - head.length - tail.length - 1)
  const bar = perEpoch > 0 && room >= 5 ? `${drawBar(inEpoch / perEpoch, room)} ` : ''
  return `${head}${bar}${tail}`.slice(0, width)
}

const drawBar = (share: number, width: number): string => {
  const full = Math.round(Math.min(1, share) * width)
  return '━'.repeat(full) + '─'.repeat(width - full)
}

type Finished = Extract<TrainEvent, { kind: 'finished' }>
const endings: Readonly<Record<Finished['reason'], (event: Finished) => string>> = {
  completed: () => 'Done.',
  stoppedEarly: ({ epoch }) => `Stopped early, after epoch ${epoch}: the validation loss fell no more.`,
  stopped: ({ step }) => `Stopped after step ${step}; everything up to there is saved.`,
}

const scores = (loss: number | null, accuracy: number | null): string =>
  `loss ${figure(loss)}${accuracy === null ? '' : `  accuracy ${percent(accuracy)}`}`

function validation({ valLoss, valAccuracy, valTop5, valRmse, valMae }: EpochEvent): string[] {
  if (valLoss === null) return []
  return [
    `val loss ${figure(valLoss)}`,
    ...(valAccuracy === null ? [] : [`val accuracy ${percent(valAccuracy)}`]),
    ...(valTop5 === undefined ? [] : [`top-5 ${percent(valTop5)}`]),
    ...(valRmse === undefined ? [] : [`RMSE ${figure(valRmse)}`]),
    ...(valMae === undefined ? [] : [`MAE ${figure(valMae)}`]),
  ]
}
