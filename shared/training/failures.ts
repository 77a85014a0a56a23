import { hostFailures } from '../hostFailures'
import { fill, type Placeholders } from '../problems'
import { dataFailures } from './dataFailures'
import { engineFailures } from './engineFailures'
import { runFailures } from './runFailures'

/**
 * What people meet when training fails or a request is refused, by code, with placeholders in braces. Messages travel and are kept as
 * text, which says everything; who wants them in another language reads them back with `readFailure`.
 */
export const failureTexts = {
  ...dataFailures,
  ...engineFailures,
  ...hostFailures,
  ...runFailures,
  notFinite:
    'The loss became {what} in step {step} (epoch {epoch}). Use a smaller learning rate than {rate}, and look for values in the data that are far out of range.',
  notFiniteIn:
    'The loss became {what} in step {step} (epoch {epoch}), first in the layer {layer}. Use a smaller learning rate than {rate}, and look for values in the data that are far out of range.',
  trainingFailed: 'Training failed: {reason}.',
  notWrittenOn: 'The run in {folder} cannot be written: {fault}, then resume the run: its last checkpoint is whole.',
  notWritten: 'The run in {folder} cannot be written: {fault}.',
  outOfMemory: 'The training process ran out of memory. Use a smaller batch or a smaller network.',
  killed:
    'The training process was ended by SIGKILL. Somebody stopped it, or the system ran out of memory; its last checkpoint remains.',
  endedBySignal: 'The training process was ended by {signal}.',
  endedWithCode: 'The training process ended with code {code}.',
  lost: 'The training process ended without finishing the run. Its last checkpoint remains.',
  processFailed: 'The training process failed: {reason}.',
  noMessage: 'The training process sent a message that is not understood.',
  noResult: 'The training process sent a result that is not understood.',
  nothingLeft: 'No samples are left for training. Make the validation and test splits smaller, or use more data.',
  needsValidation:
    'Early stopping and the return of the best weights go by the validation loss, but no samples are held out. Make the validation split larger, or set patience to 0 and restore best to off.',
  plateauNeedsValidation:
    'The schedule reduceOnPlateau goes by the validation loss, but no samples are held out. Make the validation split larger, or choose another schedule.',
  allFrozen: 'Nothing can be trained: every layer with weights is frozen. Unfreeze at least one.',
  noWeights: 'Nothing can be trained: no layer of the network has weights. Add one, such as Dense.',
  classWeightsOfNumbers:
    'Class weights need classes, but the targets of this data are numbers. Set the class weight to none.',
  classWeightsCount: 'Custom class weights need one number per class. Received {received} for {classes} classes.',
  classWeightsZero:
    'All class weights are 0, so that nothing would be learned. Give at least one class a larger weight.',
  startUnusable: 'The run {run} has no weights to begin with: {reason}. Give the folder of another run.',
  startForeign:
    'No weight of the run {run} fits this network: none has the same name and shape. Start from a run of the same or a similar network, or without one.',
  wholeNumbers:
    'The Embedding looks up whole numbers, which normalization would turn into others. Set normalization to none.',
  checkpointLacks: 'The checkpoint lacks {weights}. Train the project again.',
  checkpointUnusable: 'The checkpoint {path} cannot be used: {reason}. Train the project again.',
  engineUnavailable: 'The engine {engine} could not be started: {reason}. Choose another engine.',
  threadLost: 'A thread that changes pictures ended: {reason}.',
  engineSilent: 'It gave no answer within {seconds} s.',
  batchTooLarge:
    'A batch of {batch} samples does not fit into memory: it takes {needed} at least, and {available} are free. Use a batch of {largest} or less.',
  sampleTooLarge:
    'The network does not fit into memory: a batch of {batch} takes {needed} at least, and {available} are free. Not even one sample fits. Make the network or its input smaller.',
  ranOut:
    'Memory ran out: the engine {engine} trained with a batch of {batch}, for which {needed} were expected. Use a batch of {largest} or less. Checkpoints that were written remain.',
  ranOutBySample:
    'Memory ran out: the engine {engine} trained with a batch of {batch}, for which {needed} were expected. Make the network or its input smaller. Checkpoints that were written remain.',
  busyMeasuring: 'A run is under way, beside which nothing can be measured. Stop it, or wait for its end.',
  busy: 'A run is under way already. Stop it, or wait for its end, before starting another.',
  notUnderWay: 'The run {run} is not under way. It may have ended already.',
} as const satisfies Record<string, string>

export type FailureCode = keyof typeof failureTexts
export type FailureValues<C extends FailureCode> = Readonly<
  Record<Placeholders<(typeof failureTexts)[C]>, string | number>
>

/** The message of a failure, in English. */
export const failure = <C extends FailureCode>(code: C, values: FailureValues<C>): string =>
  fill(failureTexts[code], values)

/** Precedes what a process printed last. */
export const SAID = ' It said: '

const codes = Object.keys(failureTexts) as FailureCode[]

/** What a message is made of; null where it is none of these. */
export function readFailure(
  message: string,
): { readonly code: FailureCode; readonly values: Readonly<Record<string, string>> } | null {
  for (const code of codes) {
    const values = unfill(failureTexts[code], message)
    if (values) return { code, values }
  }
  return null
}

/** The opposite of `fill`: what stands at the placeholders of a text; null where the message is not made of it. */
export function unfill(text: string, message: string): Readonly<Record<string, string>> | null {
  const seen = new Set<string>()
  const pattern = text.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    if (seen.has(part)) return `\\k<${part}>`
    seen.add(part)
    return `(?<${part}>.*?)`
  })
  const found = new RegExp(`^${pattern.join('')}$`, 's').exec(message)
  return found && { ...found.groups }
}
