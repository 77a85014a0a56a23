export interface FieldText {
  readonly label: string
  readonly help: string
}
interface LayerText {
  readonly label: string
  readonly summary: string
  /** Where a field means something else than in most layers. */
  readonly fields?: Readonly<Record<string, FieldText>>
}

/** By layer or block type. A test demands one entry for each, and a text for each of their fields. */
export const layers: Readonly<Record<string, LayerText>> = {
  input: { label: '输入', summary: '数据进入网络的地方。图像为 高 × 宽 × 通道。' },
  conv2d: { label: '二维卷积', summary: '可学习的卷积核在高和宽上滑动；每个卷积核看到其所在分组的全部通道。' },
  depthwiseConv2d: { label: '二维深度卷积', summary: '每个通道用自己的卷积核，通道之间互不混合。' },
  maxPooling2d: { label: '二维最大池化', summary: '保留每个窗口中的最大值。' },
  averagePooling2d: { label: '二维平均池化', summary: '取每个窗口的平均值。' },
  globalAveragePooling2d: { label: '全局平均池化', summary: '把每个通道的整张特征图平均成一个数。' },
  batchNorm: { label: '批量归一化', summary: '在一个批上把每个通道变为零均值、单位方差，再缩放和平移。' },
  activation: { label: '激活函数', summary: '对每个元素施加一个函数。' },
  softmax: { label: 'Softmax', summary: '把一个轴上的数值变为和为 1 的概率。' },
  dense: {
    label: '全连接层',
    summary: '每个输出都看到最后一个轴上的全部输入；前面的轴保持不变。',
  },
  add: { label: '相加', summary: '逐元素求和；残差网络的捷径连接。' },
  concat: { label: '拼接', summary: '沿一个轴把各个输入接在一起。' },
  flatten: { label: '展平', summary: '把各轴合成一个轴：后接全连接层时使用。' },
  reshape: { label: '变形', summary: '元素与次序不变，换一组轴。' },
  zeroPad: {
    label: '二维零填充',
    summary: '在特征图四周补零。',
    fields: { padding: { label: '填充', help: '行数与列数：上、下、左、右。' } },
  },
  dropout: { label: '随机失活', summary: '训练时随机把一部分数值置零，减轻过拟合。' },
  residual: {
    label: '残差模块',
    summary: '两个 3×3 卷积的结果与输入相加；捷径连接让梯度在很深的网络中不消失。',
    fields: {
      filters: { label: '卷积核个数', help: '两个卷积的通道数。' },
      strides: { label: '步幅', help: '第一个卷积和投影的步长。' },
    },
  },
}

/** By field name, whatever the layer. */
export const fields: Readonly<Record<string, FieldText>> = {
  shape: { label: '形状', help: '一个样本的大小，不含批的轴；通道在最后。' },
  filters: { label: '卷积核个数', help: '输出的通道数。' },
  kernelSize: { label: '卷积核大小', help: '卷积核在每个轴上的大小。' },
  strides: { label: '步幅', help: '窗口在每个轴上移动的步长。' },
  padding: { label: '填充', help: '“same”使大小等于输入 ÷ 步幅，“valid”不填充，也可以在每个轴的前后给出数值。' },
  dilationRate: { label: '膨胀率', help: '卷积核相邻元素之间的距离。' },
  groups: { label: '分组数', help: '把通道与卷积核分成互不相见的组。' },
  depthMultiplier: { label: '深度乘数', help: '每个输入通道的卷积核个数。' },
  activation: { label: '激活函数', help: '对结果施加的函数。' },
  function: { label: '函数', help: '要施加的函数。' },
  useBias: { label: '使用偏置', help: '给每个输出通道加上一个学到的常数。' },
  poolSize: { label: '池化窗口', help: '窗口在每个轴上的大小。' },
  ceilMode: { label: '向上取整', help: '保留最后一个超出边界的窗口（Caffe 的做法）。对 same 填充没有作用。' },
  axis: { label: '轴', help: '作用的轴；−1 是最后一个。' },
  momentum: { label: '动量', help: '每一步保留旧的移动统计量的比例。' },
  epsilon: { label: 'ε', help: '避免除以零。' },
  center: { label: '平移', help: '学习平移 β。' },
  scale: { label: '缩放', help: '学习缩放 γ。' },
  units: { label: '单元数', help: '输出的个数。' },
  rate: { label: '比例', help: '训练时置零的比例。' },
  target: { label: '目标形状', help: '新的形状；其中一个可以是 −1：由其余推算。' },
  shortcut: { label: '捷径连接', help: '大小或通道数改变时需要投影（1×1 卷积）。' },
  batchNorm: { label: '批量归一化', help: '每个卷积之后做批量归一化。' },
}

/** Words of the short line on a node, and of choices. */
export const words: Readonly<Record<string, string>> = {
  stride: '步幅',
  pad: '填充',
  axis: '轴',
  identity: '恒等',
  projection: '投影',
  categoricalCrossentropy: '分类交叉熵',
  meanSquaredError: '均方误差',
  adam: 'Adam',
  sgd: 'SGD',
}
