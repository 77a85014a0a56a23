import { z } from 'zod'
import { fill, type Placeholders } from '../problems'

/** Every note on data, by code: what was done to samples, what is odd about them. Placeholders stand in braces. */
export const noteTexts = {
  reshaped: 'Samples of {from} are read as {to}.',
  padded: 'Images of {from} are centred on {to} by a border of zeros, as for LeNet-5.',
  inputsSplit: 'The inputs take parts of a sample, in this order: {inputs}.',
  targetsSplit: 'The outputs learn target numbers, in this order: {outputs}.',
  noGradient: 'No gradient of a loss reaches the weights of {layers}: training leaves them as they begin.',
  rowsLeftOut: 'Rows that lack values are left out: {count}, in line {lines}.',
  valuesFilled: 'Missing values are filled with {value}: {count}, the first in line {line}.',
  pictureSkipped: '{path} is skipped: {fault}.',
  morePicturesSkipped: 'More pictures are skipped for such reasons.',
  noPictures: 'The folder {path} holds no readable picture: it is no class.',
  emptyClass: 'The class {label} has no samples.',
  loneSample: 'The class {label} has only one sample: it is in one part of the split only.',
  imbalance:
    'The class {most} has {times} times as many samples as {least}, so that accuracy says little. Weight the classes, and look at the scores of each.',
  inverted: 'Light and dark are exchanged: the samples of the run are the other way round.',
  firstFrame: 'The picture is an animation: its first frame is used.',
  wideTargets:
    'The numbers to predict lie around {mean}, with a deviation of {std}. Networks learn numbers around 1 best: divide them before.',
  unevenColumns:
    'The column {wide} varies {times} times as much as {narrow}. Normalization brings the columns to one scale, which makes learning easier.',
  augmentationUnused: 'Augmentation changes images only: samples of {shape} are used as they are.',
  mirroredSigns:
    'Mirrored digits and letters are other signs. If the classes are such, training without the flip does better.',
  startedFrom: 'All {all} weights begin as they are in the run {run}.',
  startedPartly: '{taken} of {all} weights begin as they are in the run {run}; the others begin anew: {anew}.',
  notCompiled:
    'The engine {engine} computed this network operator by operator, which is slower: it could not make one graph of it. {reason}',
  partlyOnProcessor:
    'The engine {engine} left some operators of this network to the processor, since ONNX Runtime has none for it: data go to and fro.',
  engineOutdated:
    'The engine {engine} was installed by another version of Netloom. Install it again to bring current operators, which can be faster.',
  columnUnused: 'The run does not use the column {column}.',
} as const satisfies Record<string, string>

export type NoteCode = keyof typeof noteTexts
export type NoteValues<C extends NoteCode> = Readonly<Record<Placeholders<(typeof noteTexts)[C]>, string | number>>

export const noteCodes = Object.keys(noteTexts) as NoteCode[]
export const noteSchema = z.object({
  code: z.enum(noteCodes),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
/** A sentence on data, as a code and what stands in its placeholders, so that it can be said in any language. */
export type Note = z.infer<typeof noteSchema>

export const note = <C extends NoteCode>(code: C, values: NoteValues<C>): Note => ({ code, values: { ...values } })

/** The note in English. */
export const noteText = ({ code, values }: Note): string => fill(noteTexts[code], values)
