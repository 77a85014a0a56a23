import { noteText } from '#shared/training/notes'
import type { EpochEvent, StartedEvent, StepEvent, TrainEvent } from '#shared/training/run'
import { count, duration, figure, percent } from './figures'
import { expectation, trialLines } from './plan'

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
      case 'measuring':
        return overwrite(`Measuring the engine ${event.engine} …`)
      case 'started':
        started = event
        if (event.plan) for (const line of trialLines(event.plan)) stay(line)
        for (const note of event.notes ?? []) stay(noteText(note))
        stay(
          `Training on ${count(event.trainSamples)} samples, validating on ${count(event.validationSamples)}; ` +
            `${count(event.parameters)} parameters, engine ${event.engine}`,
        )
        return event.plan && event.plan.secondsPerEpoch !== null ? stay(expectation(event.plan)) : undefined
      case 'step':
        return overwrite(progressLine(event, started, out.columns - 1))
      case 'epoch':
        return stay(
          [
            epochOf(event.epoch),
            scores(event.loss, event.accuracy),
            ...validation(event),
            ...(event.penalty === undefined ? [] : [`of it penalty ${figure(event.penalty)}`]),
            duration(event.seconds),
          ].join('  '),
        )
      case 'paused':
        return overwrite(`${epochOf(event.epoch)}  paused after step ${event.step}`)
      case 'finished':
        for (const found of event.notes ?? []) stay(noteText(found))
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

/** In columns: of these, the longest that there is room for. */
const BARS = [24, 16, 8]

/** `epoch 2/5 ━━━━━───── 120/240  loss 0.4123  …`: the bar is the epoch's. A narrow terminal goes without the rate, then the speed. */
export function progressLine(event: StepEvent, started: StartedEvent | null, width: number): string {
  const { epoch, learningRate, step } = event
  const perEpoch = started?.stepsPerEpoch ?? step
  const inEpoch = step - (epoch - 1) * (started?.stepsPerEpoch ?? 0)
  const head = `epoch ${epoch}/${started?.epochs ?? '?'}`
  const place = `${String(inEpoch).padStart(String(perEpoch).length)}/${perEpoch}`
  const rate = learningRate === undefined ? [] : [`rate ${Number(learningRate.toPrecision(3))}`]
  const speed = `${count(event.samplesPerSecond)} samples/s`
  const left = started ? [`${duration((event.seconds / step) * (started.epochs * perEpoch - step))} left`] : []
  const figures = scores(event.loss, event.accuracy)
  for (const more of [[...rate, speed, ...left], [speed, ...left], left]) {
    const tail = [place, figures, ...more].join('  ')
    const bar = BARS.find((n) => head.length + n + tail.length + 2 <= width)
    if (bar !== undefined) return `${head} ${drawBar(inEpoch / perEpoch, bar)} ${tail}`
  }
  return [head, place, figures, ...left].join('  ').slice(0, width)
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
