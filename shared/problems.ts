import type { FieldValue } from './fields'
import type { Edit } from './graph/edits'
import type { LayerType } from './layers'
import type { TrainingConfig } from './training/config'

export type Severity = 'error' | 'warning' | 'advice'

/** Every text that a network can be criticised with: what is wrong, what was received, what to do. */
export const texts = {
  notAnInteger: ['error', '{field} must be a whole number. Received: {value}.'],
  outOfRange: ['error', '{field} must lie between {min} and {max}. Received: {value}.'],
  outsideOpenRange: ['error', '{field} must be above {min} and below {max}. Received: {value}.'],
  notAChoice: ['error', '{field} must be one of {options}. Received: {value}.'],
  wrongKind: ['error', '{field} must be of kind {kind}. Received: {value}.'],
  wrongLength: ['error', '{field} needs {expected} numbers. Received: {received}.'],
  emptyShape: ['error', '{field} needs at least one size. Received an empty shape.'],
  twoInferred: ['error', '{field} may leave only one size to be inferred (-1). Give the others as numbers.'],
  unknownLayer: [
    'error',
    "This version does not know the layer type '{type}'. It is kept as it is; replace it or update Netloom.",
  ],
  missingInput: ['error', 'Nothing is connected to the input. Draw a wire from the layer that feeds it.'],
  tooFewInputs: [
    'error',
    'Needs at least {min} inputs. Received: {received}. Connect another layer or remove this one.',
  ],
  tooManyInputs: ['error', 'Takes at most {max} inputs. Received: {received}. Remove a wire.'],
  doubleInput: ['error', 'Two wires end at input {port}. Remove one of them, or merge them with Add or Concatenate.'],
  badPort: ['error', 'A wire uses {side} {port}, which this layer does not have. Remove the wire.'],
  danglingWire: ['error', 'A wire comes from a layer that does not exist ({source}). Remove the wire.'],
  cycle: [
    'error',
    'This layer is part of a loop: its output leads back to its own input. Remove one wire of the loop.',
  ],
  wrongRank: ['error', '{layer} needs an input of {expected} axes ({names}). Received: {received}. {advice}'],
  kernelTooLarge: [
    'error',
    "A {kernel} kernel does not fit a {input} input with this padding. Use 'same' padding or a kernel of at most {max}.",
  ],
  poolTooLarge: [
    'error',
    "A {kernel} window does not fit a {input} input. Use 'same' padding or a window of at most {max}.",
  ],
  poolPadding: [
    'error',
    'Padding of {padding} lets a {kernel} window see nothing but padding. Use amounts smaller than the window.',
  ],
  groupsDivide: [
    'error',
    '{groups} groups must divide the {channels} input channels and the {filters} filters. Use {fit} groups.',
  ],
  dilatedStride: ['error', 'Strides {strides} and dilation {dilation} cannot both exceed 1. Set one of them to 1.'],
  transposePadding: ['error', "Padding of {padding} cuts off the whole output. Use 'same' padding or smaller amounts."],
  groupsOfChannels: ['error', '{groups} groups must divide the {channels} channels. Use {fit} groups.'],
  unitsOfChannels: ['error', '{units} units must divide the {channels} channels. Use {fit} units.'],
  permuteAxes: [
    'error',
    'dims must name each of the {rank} axes once, counted from 1. Received: {dims}. Use an order such as {example}.',
  ],
  badTable: [
    'error',
    "The table must list the input channels of each filter once, as in '0,1,2; 1,2,3'. Received: {value}. Separate channels by commas and filters by semicolons.",
  ],
  tableChannel: [
    'error',
    'The table names channel {channel}, counted from 0, of an input of {channels} channels. Name only those that there are.',
  ],
  reshapeCount: [
    'error',
    'Cannot reshape {input} ({have} elements) to {target} ({want} elements). Make the products equal, or use -1 for one size.',
  ],
  cropTooLarge: ['error', 'Cropping {crop} leaves nothing of a {input} input. Crop less.'],
  shapesDiffer: [
    'error',
    'The inputs must have equal shapes. Received: {shapes}. Make them equal with a 1×1 convolution, padding or striding.',
  ],
  concatDiffer: [
    'error',
    'All sizes but that of axis {axis} must be equal. Received: {shapes}. Make them equal by padding, striding or cropping.',
  ],
  axisRange: ['error', 'Axis {axis} does not exist in a shape of {rank} axes. Use a value from {min} to {max}.'],
  tooLarge: ['error', 'A tensor of {shape} has more than {max} elements. Make it smaller.'],
  tooManyAxes: ['error', '{field} may have at most {max} sizes. Received: {received}.'],
  sharedGone: [
    'error',
    'The layer whose weights it uses is not there ({owner}). Give it weights of its own, or choose another layer.',
  ],
  sharedTwice: [
    'error',
    "It uses the weights of '{owner}', which has none of its own but uses those of another layer. Choose that layer, or give it weights of its own.",
  ],
  sharedType: [
    'error',
    "It uses the weights of '{owner}', which is another kind of layer. Give it weights of its own, or choose a layer of its kind.",
  ],
  sharedParams: [
    'error',
    "It uses the weights of '{owner}', but its parameters differ: {fields}. Make them equal, or give it weights of its own.",
  ],
  sharedNothing: [
    'error',
    'It is to use the weights of another layer, but this kind of layer has none. Take that off.',
  ],
  sharedSizes: [
    'error',
    "It uses the weights of '{owner}', which are {there}, but its input asks for {here}. Give both inputs of the same size, or give it weights of its own.",
  ],
  noGradient: [
    'warning',
    'Nothing is learned here: no gradient of a loss reaches these weights, for what follows stops it (a step, an embedding) or has a loss weight of 0. Change what follows, or freeze the layer.',
  ],
  nothingLearns: [
    'warning',
    'No gradient of a loss reaches any weights, so that nothing can be learned. Take away what stops it: a step, or an embedding behind layers that learn.',
  ],
  inputMisfit: [
    'warning',
    "The network's input is {network}, but the data has samples of {data}. Set the shape of the Input to {data}.",
  ],
  inputsMisfit: [
    'warning',
    'The inputs take {network}, but the data has samples of {data}. Give each input the shape of a sample, or all of them shapes that make one up.',
  ],
  classesMisfit: [
    'warning',
    'The network has {outputs} outputs ({shape}), but the data has {classes} classes. Give the last layer {classes} units.',
  ],
  targetMisfit: [
    'warning',
    'The network has {outputs} outputs ({shape}), but the data has {numbers} target numbers. Give the last layer {numbers} units.',
  ],
  targetsMisfit: [
    'warning',
    'The outputs give {sizes} numbers, but the data has {numbers} target numbers. Give each output {numbers} units, or all of them as many together.',
  ],
  lossNeedsClasses: [
    'warning',
    '{loss} needs classes, but the targets of this data are numbers. Choose mean squared error as the loss.',
  ],
  endingMissing: [
    'warning',
    '{loss} needs probabilities, but the network does not end in a {ending}. Add one at the end, or choose another loss.',
  ],
  softmaxAxis: [
    'warning',
    'The softmax at the end runs along the last axis of {shape} only, but the classes fill all of it. Put a Flatten before it.',
  ],
  softmaxOfNumbers: [
    'warning',
    'The targets of this data are numbers, but the network ends in a softmax, whose outputs add up to 1. Remove it.',
  ],
  noLossWeight: [
    'warning',
    'Every output has a loss weight of 0, so that there is nothing to learn from. Give one of them a larger weight.',
  ],
  noInputLayer: ['error', 'The network has no input layer. Add an Input and wire it to the first layer.'],
  empty: ['advice', 'The network is empty. Drag a layer onto the canvas or open a template.'],
} as const satisfies Record<string, readonly [Severity, string]>

/** The names that stand in braces in a text. */
export type Placeholders<S extends string> = S extends `${string}{${infer K}}${infer Rest}`
  ? K | Placeholders<Rest>
  : never

export type Code = keyof typeof texts
export type Values<C extends Code> = Readonly<Record<Placeholders<(typeof texts)[C][1]>, string | number>>

/** What a click can do about a problem, said without knowing the node's id. */
export type Remedy =
  | { readonly kind: 'set'; readonly params: Readonly<Record<string, FieldValue>> }
  | {
      readonly kind: 'insertBefore'
      readonly layer: LayerType
      readonly params: Readonly<Record<string, FieldValue>>
    }

/** A problem as a layer states it; inference adds the node and turns the remedy into an edit. */
export interface Draft {
  readonly code: Code
  readonly values: Readonly<Record<string, string | number>>
  readonly field?: string
  readonly remedy?: Remedy
}

export interface Problem {
  readonly code: Code
  readonly severity: Severity
  /** '' for a problem of the whole network. */
  readonly nodeId: string
  readonly field?: string
  /** The numbers and names in the message, for translation. */
  readonly values: Readonly<Record<string, string | number>>
  readonly message: string
  readonly fix?: Fix
}

/** What a click does about a problem: edits of the network, and training settings where those are what is wrong. */
export interface Fix {
  readonly label: string
  readonly edits: readonly Edit[]
  readonly training?: Partial<TrainingConfig>
}

export function draft<C extends Code>(code: C, values: Values<C>, field?: string, remedy?: Remedy): Draft {
  return { code, values, ...(field !== undefined && { field }), ...(remedy && { remedy }) }
}

/** Fills `{name}` placeholders; also used with translated texts. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? `{${name}}`))

export function toProblem(d: Draft, nodeId: string, fix?: Fix): Problem {
  const [severity, text] = texts[d.code]
  return {
    code: d.code,
    severity,
    nodeId,
    values: d.values,
    message: fill(text, d.values),
    ...(d.field !== undefined && { field: d.field }),
    ...(fix && { fix }),
  }
}
