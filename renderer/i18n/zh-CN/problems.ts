import type { Code } from '#shared/problems'

/** By code, with the placeholders of the English text. A test demands one for each. */
export const problems: Readonly<Partial<Record<Code, string>>> = {
  notAnInteger: '{field}必须是整数。收到：{value}。',
  outOfRange: '{field}必须在 {min} 与 {max} 之间。收到：{value}。',
  outsideOpenRange: '{field}必须大于 {min} 且小于 {max}。收到：{value}。',
  notAChoice: '{field}必须是 {options} 之一。收到：{value}。',
  wrongKind: '{field}的类型必须是 {kind}。收到：{value}。',
  wrongLength: '{field}需要 {expected} 个数。收到 {received} 个。',
  emptyShape: '{field}至少需要一个大小。收到空的形状。',
  twoInferred: '{field}只能有一个大小留待推算（-1）。请给出其余的数。',
  unknownLayer: '此版本不认识层类型“{type}”。它会原样保留；请替换它，或更新 Netloom。',
  missingInput: '输入没有连接。请从提供数据的层连一条线过来。',
  tooFewInputs: '至少需要 {min} 个输入。收到 {received} 个。请再连接一个层，或移除此层。',
  tooManyInputs: '最多接受 {max} 个输入。收到 {received} 个。请移除一条连线。',
  doubleInput: '有两条线连到输入 {port}。请移除其中一条，或用“相加”或“拼接”合并。',
  badPort: '一条连线用到了此层没有的端口（{side} {port}）。请移除这条连线。',
  danglingWire: '一条连线来自不存在的层（{source}）。请移除这条连线。',
  cycle: '此层在一个环中：它的输出又回到自己的输入。请移除环中的一条连线。',
  wrongRank: '{layer}需要 {expected} 个轴的输入（{names}）。收到：{received}。{advice}',
  kernelTooLarge: '{kernel} 的卷积核在这种填充下放不进 {input} 的输入。请用“同尺寸”填充，或不大于 {max} 的卷积核。',
  poolTooLarge: '{kernel} 的窗口放不进 {input} 的输入。请用“同尺寸”填充，或不大于 {max} 的窗口。',
  poolPadding: '填充 {padding} 使 {kernel} 的窗口只看到填充。请使用小于窗口的数值。',
  transposePadding: '填充 {padding} 把全部输出都裁掉了。请用“同尺寸”填充，或更小的数值。',
  groupsOfChannels: '{groups} 个分组必须整除 {channels} 个通道。请用 {fit} 个分组。',
  unitsOfChannels: '{units} 个单元必须整除 {channels} 个通道。请用 {fit} 个单元。',
  permuteAxes: 'dims 必须把 {rank} 个轴各列一次，从 1 数起。收到：{dims}。请用例如 {example} 的次序。',
  badTable:
    '连接表必须逐个列出每个卷积核所见的输入通道，如“0,1,2; 1,2,3”。收到：{value}。通道之间用逗号、卷积核之间用分号隔开。',
  tableChannel: '连接表提到通道 {channel}（从 0 数起），而输入只有 {channels} 个通道。请只列出存在的通道。',
  groupsDivide: '{groups} 个分组必须整除 {channels} 个输入通道和 {filters} 个卷积核。请用 {fit} 个分组。',
  dilatedStride: '步幅 {strides} 与膨胀率 {dilation} 不能同时大于 1。请把其中一个设为 1。',
  reshapeCount:
    '无法把 {input}（{have} 个元素）变形为 {target}（{want} 个元素）。请使两者的乘积相等，或把其中一个大小设为 -1。',
  cropTooLarge: '裁剪 {crop} 后，{input} 的输入什么也不剩。请少裁一些。',
  shapesDiffer: '各输入的形状必须相同。收到：{shapes}。请用 1×1 卷积、填充或步幅使它们相同。',
  concatDiffer: '除轴 {axis} 外，其他大小必须相同。收到：{shapes}。请用填充、步幅或裁剪使它们相同。',
  axisRange: '{rank} 个轴的形状没有轴 {axis}。请用 {min} 到 {max} 之间的值。',
  tooLarge: '{shape} 的张量超过 {max} 个元素。请把它变小。',
  tooManyAxes: '{field}最多有 {max} 个大小。收到 {received} 个。',
  sharedGone: '此层要使用其权重的层不存在（{owner}）。请给它自己的权重，或选择另一层。',
  sharedTwice: '此层使用“{owner}”的权重，而后者没有自己的权重，用的是另一层的。请直接选择那一层，或给此层自己的权重。',
  sharedType: '此层使用“{owner}”的权重，而后者是另一种层。请给它自己的权重，或选择同种的层。',
  sharedParams: '此层使用“{owner}”的权重，但参数不同：{fields}。请使它们相同，或给此层自己的权重。',
  sharedNothing: '此层要使用另一层的权重，但这种层没有权重。请取消共享。',
  sharedSizes:
    '此层使用“{owner}”的权重，其大小为 {there}，而此层的输入需要 {here}。请使两者的输入大小相同，或给此层自己的权重。',
  noGradient:
    '这里学不到东西：没有损失的梯度到达这些权重，因为后面的层不让梯度通过（阶跃、嵌入），或损失权重为 0。请更改后面的层，或冻结此层。',
  nothingLearns: '没有损失的梯度到达任何权重，因此什么也学不到。请去掉阻断梯度的层：阶跃，或位于可学习层之后的嵌入。',
  inputMisfit: '网络的输入为 {network}，而数据的样本为 {data}。请把“输入”的形状设为 {data}。',
  inputsMisfit:
    '各输入的形状为 {network}，而数据的样本为 {data}。请使每个输入与样本形状相同，或使它们合起来正好是一个样本。',
  classesMisfit: '网络有 {outputs} 个输出（{shape}），而数据有 {classes} 个类别。请给最后一层 {classes} 个单元。',
  targetMisfit: '网络有 {outputs} 个输出（{shape}），而数据有 {numbers} 个目标数值。请给最后一层 {numbers} 个单元。',
  targetsMisfit:
    '各输出给出 {sizes} 个数，而数据有 {numbers} 个目标数值。请给每个输出 {numbers} 个单元，或使它们合起来正好这么多。',
  lossNeedsClasses: '{loss}需要类别，而此数据的目标是数值。请把损失改为均方误差。',
  endingMissing: '{loss}需要概率，而网络不以 {ending} 结尾。请在末尾添加一个，或选择另一种损失。',
  softmaxAxis: '末尾的 Softmax 只沿 {shape} 的最后一个轴计算，而类别占满了全部。请在它前面放一个“展平”。',
  softmaxOfNumbers: '此数据的目标是数值，而网络以 Softmax 结尾，其输出之和为 1。请移除它。',
  noLossWeight: '所有输出的损失权重都为 0，没有可学习的内容。请给其中一个更大的权重。',
  noInputLayer: '网络没有输入层。请添加“输入”，并连到第一层。',
  empty: '网络是空的。请把层拖到画布上，或打开模板。',
}

/** English words and sentences that come inside the values of a problem. */
export const phrases: Readonly<Record<string, string>> = {
  features: '特征',
  'steps × channels': '步数 × 通道',
  'height × width × channels': '高 × 宽 × 通道',
  'depth × height × width × channels': '深 × 高 × 宽 × 通道',
  input: '输入',
  output: '输出',
  'Insert a Flatten before it.': '请在它前面插入“展平”。',
  'Insert a Reshape before it.': '请在它前面插入“变形”。',
  'same, valid, or explicit sizes': '“同尺寸”、“不填充”或明确的数值',
}
