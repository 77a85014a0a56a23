import type { FieldText } from './fields'

/** By field of the training settings. A test demands one entry for each. */
export const trainingFields: Readonly<Record<string, FieldText>> = {
  loss: { label: '损失函数', help: '训练要减小的量：分类用交叉熵，数值用均方误差。' },
  optimizer: { label: '优化器', help: '权重如何跟随梯度变化。' },
  learningRate: { label: '学习率', help: '每一步的大小。' },
  momentum: { label: '动量', help: 'SGD 保留上一步的比例。其他优化器不使用它。' },
  schedule: { label: '学习率调度', help: '学习率在训练过程中如何变化。' },
  decayRate: { label: '衰减率', help: '指数、自然指数和反时间调度下降的程度。其他调度不使用它。' },
  plateauPatience: {
    label: '停滞耐心值',
    help: '验证损失连续这么多轮不再下降时，“停滞时降低”调度把学习率降到十分之一。其他调度不使用它。',
  },
  warmupSteps: { label: '预热步数', help: '学习率从小升到设定值所用的步数。' },
  weightDecay: { label: '权重衰减', help: '每单位学习率从卷积核与权重矩阵中减去的比例；与 Adam 同用即 AdamW。' },
  clipNorm: { label: '梯度裁剪范数', help: '所有梯度的总范数超过此值时按比例缩小；0 表示不裁剪。' },
  clipValue: { label: '梯度裁剪值', help: '梯度的每个数的绝对值不超过此值，先于范数裁剪；0 表示不裁剪。' },
  batchSize: { label: '批大小', help: '一次同时计算的样本数。' },
  gradientAccumulationSteps: {
    label: '梯度累积批数',
    help: '每一步平均这么多批的梯度：相当于放大这么多倍的批，而内存只需一批。批量归一化仍只看到各自的一批。',
  },
  classWeight: {
    label: '类别权重',
    help: '各类样本在训练损失中的分量：相同、与该类在训练集中的频率成反比，或按给定值。',
  },
  classWeightValues: { label: '各类权重值', help: '按类别顺序每类一个权重，仅用于自定义类别权重。' },
  epochs: { label: '轮次', help: '遍历训练集的次数。' },
  validationSplit: { label: '验证集比例', help: '留作验证的数据所占的比例。' },
  testSplit: { label: '测试集比例', help: '训练和验证都不会用到的数据所占的比例。' },
  normalization: {
    label: '归一化',
    help: '按训练部分的统计量把每个通道或列换到同一尺度：均值 0、标准差 1，或 0 到 1。',
  },
  flip: { label: '翻转', help: '每两张图片翻转一张：左右、上下，或两者各半。' },
  shift: { label: '平移', help: '最大平移量占高和宽的比例，按整像素；空出的部分由边缘填充。' },
  crop: { label: '裁剪', help: '最多从边长中裁去的比例；余下部分拉伸回原大小。' },
  rotation: { label: '旋转', help: '向任一侧旋转的最大角度；四角由边缘填充。' },
  brightness: { label: '亮度', help: '向任一侧的最大变化，占取值范围的比例。' },
  contrast: { label: '对比度', help: '各值与均值之差的最大变化，占其自身的比例。' },
  noise: { label: '噪声', help: '所加噪声的标准差，占取值范围的比例。' },
  patience: { label: '早停耐心值', help: '验证损失连续这么多轮不再下降时结束训练；0 表示训练到最后一轮。' },
  restoreBest: { label: '恢复最佳权重', help: '训练结束时恢复验证损失最低的那一轮的权重。' },
  seed: { label: '随机种子', help: '种子相同，则数据顺序和初始权重相同。' },
}
