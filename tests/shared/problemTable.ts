import type { FieldValue } from '#shared/fields'
import { makeNode } from '#shared/graph/edits'
import type { Graph, GraphNode } from '#shared/graph/graph'
import type { LayerType } from '#shared/layers/index'
import type { Code } from '#shared/problems'
import { draw } from './drawing'

const image = (shape: readonly number[]) => ['in', 'input', { shape }] as const
const unknown: GraphNode = {
  id: 'x',
  type: 'unknown',
  originalType: 'hologram',
  name: 'X',
  position: { x: 0, y: 0 },
  params: {},
}

const sharing = (
  [id, type, params]: readonly [string, LayerType, Readonly<Record<string, FieldValue>>?],
  owner: string,
) => ({
  ...makeNode(type, id, params),
  sharedWith: owner,
})

/**
 * Every problem that inference can find: a drawing that has it, at the layer `x`, and its exact text. `mended`: what the offered fix
 * leaves behind, code by code; absent where no fix is offered.
 */
/** A graph for every problem, and what it says. */
export const problemTable: readonly {
  code: Code
  graph: Graph
  message: string
  at?: string
  field?: string
  mended?: readonly Code[]
}[] = [
  {
    code: 'notAnInteger',
    graph: draw([image([8]), ['x', 'dense', { units: 2.5 }]], 'in > x'),
    message: 'units must be a whole number. Received: 2.5.',
    field: 'units',
    mended: [],
  },
  {
    code: 'outOfRange',
    graph: draw([image([8]), ['x', 'dense', { units: 0 }]], 'in > x'),
    message: 'units must lie between 1 and 1000000. Received: 0.',
    field: 'units',
    mended: [],
  },
  {
    code: 'outsideOpenRange',
    graph: draw([image([8, 8, 3]), ['x', 'lrn', { bias: 0 }]], 'in > x'),
    message: 'bias must be above 0 and below 1000. Received: 0.',
    field: 'bias',
    mended: [],
  },
  {
    code: 'notAChoice',
    graph: draw([image([8]), ['x', 'dense', { activation: 'rleu' }]], 'in > x'),
    message:
      'activation must be one of linear, relu, relu6, elu, selu, sigmoid, hardSigmoid, tanh, softplus, softsign, softmax, swish, gelu, mish. Received: "rleu".',
    field: 'activation',
    mended: [],
  },
  {
    code: 'wrongKind',
    graph: draw([image([8]), ['x', 'dense', { useBias: 'yes' }]], 'in > x'),
    message: 'useBias must be of kind bool. Received: "yes".',
    field: 'useBias',
    mended: [],
  },
  {
    code: 'wrongLength',
    graph: draw([image([8, 8, 1]), ['x', 'conv2d', { kernelSize: [3] }]], 'in > x'),
    message: 'kernelSize needs 2 numbers. Received: 1.',
    field: 'kernelSize',
    mended: [],
  },
  {
    code: 'emptyShape',
    graph: draw([['x', 'input', { shape: [] }]]),
    message: 'shape needs at least one size. Received an empty shape.',
    field: 'shape',
    mended: [],
  },
  {
    code: 'tooManyAxes',
    graph: draw([['x', 'input', { shape: [1, 1, 1, 1, 1, 1, 1, 1, 1] }]]),
    message: 'shape may have at most 8 sizes. Received: 9.',
    field: 'shape',
    mended: [],
  },
  {
    code: 'twoInferred',
    graph: draw([image([8]), ['x', 'reshape', { target: [-1, -1] }]], 'in > x'),
    message: 'target may leave only one size to be inferred (-1). Give the others as numbers.',
    field: 'target',
    mended: [],
  },
  {
    code: 'unknownLayer',
    graph: draw([image([8]), unknown], 'in > x'),
    message: "This version does not know the layer type 'hologram'. It is kept as it is; replace it or update Netloom.",
  },
  {
    code: 'missingInput',
    graph: draw([image([8]), ['x', 'dense']]),
    message: 'Nothing is connected to the input. Draw a wire from the layer that feeds it.',
  },
  {
    code: 'tooFewInputs',
    graph: draw([image([8]), ['x', 'add']], 'in > x'),
    message: 'Needs at least 2 inputs. Received: 1. Connect another layer or remove this one.',
  },
  {
    code: 'tooManyInputs',
    graph: draw([image([8]), ['x', 'input']], 'in > x'),
    message: 'Takes at most 0 inputs. Received: 1. Remove a wire.',
    mended: [],
  },
  {
    code: 'doubleInput',
    graph: draw([image([8]), ['b', 'activation'], ['x', 'dense']], 'in > b', 'in > x', 'b > x'),
    message: 'Two wires end at input 0. Remove one of them, or merge them with Add or Concatenate.',
    mended: [],
  },
  {
    code: 'badPort',
    graph: draw([image([8]), ['x', 'dense']], 'in > x', 'in > x:3'),
    message: 'A wire uses input 3, which this layer does not have. Remove the wire.',
    mended: [],
  },
  {
    code: 'danglingWire',
    graph: draw([image([8]), ['x', 'dense']], 'in > x', 'gone > x:1'),
    message: 'A wire comes from a layer that does not exist (gone). Remove the wire.',
    mended: [],
  },
  {
    code: 'cycle',
    graph: draw([image([8]), ['x', 'add'], ['b', 'activation']], 'in > x', 'b > x:1', 'x > b'),
    message: 'This layer is part of a loop: its output leads back to its own input. Remove one wire of the loop.',
  },
  {
    code: 'wrongRank',
    graph: draw([image([784]), ['x', 'conv2d']], 'in > x'),
    message:
      'Conv 2D needs an input of 3 axes (height × width × channels). Received: 784. Insert a Reshape to 1×1×784 before it.',
    mended: [],
  },
  {
    code: 'kernelTooLarge',
    graph: draw([image([3, 3, 1]), ['x', 'conv2d', { kernelSize: [5, 5], padding: 'valid' }]], 'in > x'),
    message: "A 5×5 kernel does not fit a 3×3 input with this padding. Use 'same' padding or a kernel of at most 3.",
    field: 'kernelSize',
    mended: [],
  },
  {
    code: 'poolTooLarge',
    graph: draw([image([3, 3, 1]), ['x', 'maxPooling2d', { poolSize: [4, 4] }]], 'in > x'),
    message: "A 4×4 window does not fit a 3×3 input. Use 'same' padding or a window of at most 3.",
    field: 'poolSize',
    mended: [],
  },
  {
    code: 'poolPadding',
    graph: draw([image([8, 8, 1]), ['x', 'maxPooling2d', { padding: [2, 0, 0, 0] }]], 'in > x'),
    message: 'Padding of 2, 0, 0, 0 lets a 2×2 window see nothing but padding. Use amounts smaller than the window.',
    field: 'padding',
    mended: [],
  },
  {
    code: 'groupsDivide',
    graph: draw([image([8, 8, 6]), ['x', 'conv2d', { filters: 8, groups: 4 }]], 'in > x'),
    message: '4 groups must divide the 6 input channels and the 8 filters. Use 2 groups.',
    field: 'groups',
    mended: [],
  },
  {
    code: 'dilatedStride',
    graph: draw([image([9, 9, 1]), ['x', 'conv2d', { strides: [2, 2], dilationRate: [2, 2] }]], 'in > x'),
    message: 'Strides 2×2 and dilation 2×2 cannot both exceed 1. Set one of them to 1.',
    field: 'dilationRate',
    mended: [],
  },
  {
    code: 'transposePadding',
    graph: draw([image([1, 1, 1]), ['x', 'conv2dTranspose', { padding: [2, 2, 2, 2] }]], 'in > x'),
    message: "Padding of 2, 2, 2, 2 cuts off the whole output. Use 'same' padding or smaller amounts.",
    field: 'padding',
    mended: [],
  },
  {
    code: 'groupsOfChannels',
    graph: draw([image([4, 4, 6]), ['x', 'groupNorm', { groups: 4 }]], 'in > x'),
    message: '4 groups must divide the 6 channels. Use 2 groups.',
    field: 'groups',
    mended: [],
  },
  {
    code: 'unitsOfChannels',
    graph: draw([image([9]), ['x', 'maxout', { units: 6 }]], 'in > x'),
    message: '6 units must divide the 9 channels. Use 3 units.',
    field: 'units',
    mended: [],
  },
  {
    code: 'permuteAxes',
    graph: draw([image([4, 4, 6]), ['x', 'permute', { dims: [1, 2, 4] }]], 'in > x'),
    message: 'dims must name each of the 3 axes once, counted from 1. Received: 1, 2, 4. Use an order such as 3, 2, 1.',
    field: 'dims',
    mended: [],
  },
  {
    code: 'cropTooLarge',
    graph: draw([image([4, 4, 6]), ['x', 'crop', { cropping: [2, 2, 0, 0] }]], 'in > x'),
    message: 'Cropping 2, 2, 0, 0 leaves nothing of a 4×4 input. Crop less.',
    field: 'cropping',
    mended: [],
  },
  {
    code: 'badTable',
    graph: draw([image([8, 8, 2]), ['x', 'tableConv2d', { table: '0,1; 1,one' }]], 'in > x'),
    message:
      "The table must list the input channels of each filter once, as in '0,1,2; 1,2,3'. Received: 0,1; 1,one. Separate channels by commas and filters by semicolons.",
    field: 'table',
  },
  {
    code: 'tableChannel',
    graph: draw([image([8, 8, 2]), ['x', 'tableConv2d', { table: '0,1; 1,2' }]], 'in > x'),
    message: 'The table names channel 2, counted from 0, of an input of 2 channels. Name only those that there are.',
    field: 'table',
  },
  {
    code: 'reshapeCount',
    graph: draw([image([4, 4, 3]), ['x', 'reshape', { target: [7, 7] }]], 'in > x'),
    message:
      'Cannot reshape 4×4×3 (48 elements) to 7×7 (49 elements). Make the products equal, or use -1 for one size.',
    field: 'target',
    mended: [],
  },
  {
    code: 'shapesDiffer',
    graph: draw([image([4, 4, 3]), ['f', 'conv2d', { filters: 8 }], ['x', 'add']], 'in > f', 'in > x', 'f > x:1'),
    message:
      'The inputs must have equal shapes. Received: 4×4×3, 4×4×8. Make them equal with a 1×1 convolution, padding or striding.',
  },
  {
    code: 'concatDiffer',
    graph: draw([image([4, 4, 3]), ['f', 'maxPooling2d'], ['x', 'concat']], 'in > f', 'in > x', 'f > x:1'),
    message:
      'All sizes but that of axis -1 must be equal. Received: 4×4×3, 2×2×3. Make them equal by padding, striding or cropping.',
  },
  {
    code: 'axisRange',
    graph: draw([image([4, 4, 3]), ['x', 'batchNorm', { axis: 3 }]], 'in > x'),
    message: 'Axis 3 does not exist in a shape of 3 axes. Use a value from -3 to 2.',
    field: 'axis',
    mended: [],
  },
  {
    code: 'tooLarge',
    graph: draw([image([1_000_000]), ['x', 'dense', { units: 1_000_000 }]], 'in > x'),
    message: 'A tensor of 1000000×1000000 has more than 2147483647 elements. Make it smaller.',
  },
  {
    code: 'sharedGone',
    graph: draw([image([8]), sharing(['x', 'dense'], 'y')], 'in > x'),
    message: 'The layer whose weights it uses is not there (y). Give it weights of its own, or choose another layer.',
    mended: [],
  },
  {
    code: 'sharedTwice',
    graph: draw(
      [
        image([8]),
        ['a', 'dense', { units: 8 }],
        sharing(['b', 'dense', { units: 8 }], 'a'),
        sharing(['x', 'dense', { units: 8 }], 'b'),
      ],
      'in > a',
      'in > b',
      'in > x',
    ),
    message:
      "It uses the weights of 'Dense', which has none of its own but uses those of another layer. Choose that layer, or give it weights of its own.",
    mended: [],
  },
  {
    code: 'sharedType',
    graph: draw([image([8]), ['a', 'batchNorm'], sharing(['x', 'dense'], 'a')], 'in > a', 'in > x'),
    message:
      "It uses the weights of 'Batch normalization', which is another kind of layer. Give it weights of its own, or choose a layer of its kind.",
    mended: [],
  },
  {
    code: 'sharedParams',
    graph: draw(
      [image([8]), ['a', 'dense'], sharing(['x', 'dense', { units: 3, useBias: false }], 'a')],
      'in > a',
      'in > x',
    ),
    message:
      "It uses the weights of 'Dense', but its parameters differ: units, useBias. Make them equal, or give it weights of its own.",
    mended: [],
  },
  {
    code: 'sharedNothing',
    graph: draw([image([8]), ['a', 'dropout'], sharing(['x', 'dropout'], 'a')], 'in > a', 'in > x'),
    message: 'It is to use the weights of another layer, but this kind of layer has none. Take that off.',
    mended: [],
  },
  {
    code: 'sharedSizes',
    graph: draw(
      [image([8]), ['a', 'dense', { units: 2 }], sharing(['x', 'dense', { units: 2 }], 'a')],
      'in > a',
      'a > x',
    ),
    message:
      "It uses the weights of 'Dense', which are 8×2, 2, but its input asks for 2×2, 2. Give both inputs of the same size, or give it weights of its own.",
    mended: [],
  },
  {
    code: 'noGradient',
    graph: draw(
      [image([8]), ['x', 'dense'], ['s', 'activation', { function: 'step' }], ['y', 'dense']],
      'in > x',
      'x > s',
      's > y',
    ),
    message:
      'Nothing is learned here: no gradient of a loss reaches these weights, for what follows stops it (a step, an embedding) or has a loss weight of 0. Change what follows, or freeze the layer.',
  },
  {
    code: 'noInputLayer',
    graph: draw([['x', 'dense']]),
    at: '',
    message: 'The network has no input layer. Add an Input and wire it to the first layer.',
  },
  {
    code: 'empty',
    graph: draw([]),
    at: '',
    message: 'The network is empty. Drag a layer onto the canvas or open a template.',
  },
]
