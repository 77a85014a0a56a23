import {
  IconActivity,
  IconArrowAutofitDown,
  IconArrowsDiagonal,
  IconArrowsLeftRight,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconArrowsShuffle,
  IconAxisX,
  IconBorderOuter,
  IconBox,
  IconBoxMultiple,
  IconChartBar,
  IconChartDots3,
  IconCrop,
  IconCube,
  IconDropletHalf2,
  IconGrid3x3,
  IconGridDots,
  IconGridPattern,
  IconHexagonMinus,
  IconHexagonPlus,
  IconLayersIntersect,
  IconLayersLinked,
  IconLogin2,
  IconLogout2,
  IconMathFunction,
  IconMathMax,
  IconMathMin,
  type IconProps,
  IconQuestionMark,
  IconRepeat,
  IconSquareRoundedArrowDown,
  IconTransform,
  IconVocabulary,
  IconWaveSawTool,
  IconWaveSine,
  IconX,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { GraphNode } from '#shared/graph/graph'
import type { Category } from '#shared/layer'
import { type LayerType, layers } from '#shared/layers/index'

export type Icon = ComponentType<IconProps>

const categoryIcons: Readonly<Record<Category, Icon>> = {
  io: IconLogin2,
  convolution: IconGrid3x3,
  pooling: IconSquareRoundedArrowDown,
  normalization: IconChartBar,
  activation: IconWaveSine,
  dense: IconChartDots3,
  recurrent: IconRepeat,
  merge: IconLayersIntersect,
  shape: IconTransform,
  regularization: IconDropletHalf2,
}

/** Where a layer is told apart within its category. */
const layerIcons: Partial<Readonly<Record<LayerType, Icon>>> = {
  output: IconLogout2,
  conv1d: IconWaveSawTool,
  conv3d: IconCube,
  conv2dTranspose: IconArrowsDiagonal,
  separableConv2d: IconGridPattern,
  subtract: IconHexagonMinus,
  multiply: IconX,
  maximum: IconMathMax,
  minimum: IconMathMin,
  embedding: IconVocabulary,
  bidirectional: IconArrowsLeftRight,
  crop: IconCrop,
  upSampling: IconArrowsMaximize,
  permute: IconArrowsShuffle,
  gaussianNoise: IconWaveSine,
  depthwiseConv2d: IconGridDots,
  globalAveragePooling2d: IconArrowAutofitDown,
  averagePooling1d: IconArrowsMinimize,
  averagePooling2d: IconArrowsMinimize,
  averagePooling3d: IconArrowsMinimize,
  globalAveragePooling1d: IconArrowAutofitDown,
  globalAveragePooling3d: IconArrowAutofitDown,
  globalMaxPooling1d: IconArrowAutofitDown,
  globalMaxPooling2d: IconArrowAutofitDown,
  globalMaxPooling3d: IconArrowAutofitDown,
  softmax: IconActivity,
  activation: IconMathFunction,
  add: IconHexagonPlus,
  concat: IconLayersLinked,
  flatten: IconAxisX,
  zeroPad: IconBorderOuter,
}

export const blockIcon: Icon = IconBoxMultiple
export const groupIcon: Icon = IconBox
export const layerIcon = (type: LayerType): Icon => layerIcons[type] ?? categoryIcons[layers[type].category]
export const nodeIcon = (node: GraphNode): Icon => (node.type === 'unknown' ? IconQuestionMark : layerIcon(node.type))
export const categoryColor = (category: Category): string => `var(--nl-${category})`
export const nodeColor = (node: GraphNode): string =>
  node.type === 'unknown' ? 'var(--nl-border)' : categoryColor(layers[node.type].category)
