import type { FlipMode } from '#shared/training/augmentation'
import type { ClassWeightMode } from '#shared/training/classWeights'
import type { LossType } from '#shared/training/losses'
import type { NormalizationType } from '#shared/training/normalization'
import type { OptimizerType } from '#shared/training/optimizers'
import type { ScheduleType } from '#shared/training/schedules'

type Choice = ClassWeightMode | FlipMode | NormalizationType | LossType | OptimizerType | ScheduleType | 'fromTraining'

/** What the choices of the training settings are called, short enough for a form: English, Chinese. */
const names: Readonly<Record<Choice, readonly [string, string]>> = {
  categoricalCrossentropy: ['Cross-entropy', '分类交叉熵'],
  binaryCrossentropy: ['Binary cross-entropy', '二元交叉熵'],
  focal: ['Focal', '焦点损失'],
  categoricalHinge: ['Multi-class hinge', '多类合页损失'],
  hinge: ['Hinge', '合页损失'],
  squaredHinge: ['Squared hinge', '平方合页损失'],
  meanSquaredError: ['Mean squared error', '均方误差'],
  meanAbsoluteError: ['Mean absolute error', '平均绝对误差'],
  huber: ['Huber', 'Huber'],
  logCosh: ['Log-cosh', '对数双曲余弦'],
  fromTraining: ['As in training', '同训练设置'],
  adam: ['Adam', 'Adam'],
  sgd: ['SGD', 'SGD'],
  nesterov: ['Nesterov', 'Nesterov 动量'],
  rmsprop: ['RMSprop', 'RMSprop'],
  rmspropCentered: ['RMSprop, centred', 'RMSprop（中心化）'],
  adagrad: ['Adagrad', 'Adagrad'],
  adadelta: ['Adadelta', 'Adadelta'],
  adamax: ['Adamax', 'Adamax'],
  nadam: ['Nadam', 'Nadam'],
  amsgrad: ['AMSGrad', 'AMSGrad'],
  constant: ['Constant', '恒定'],
  cosine: ['Cosine', '余弦'],
  cosineRestarts: ['Cosine restarts', '余弦重启'],
  linearCosine: ['Linear cosine', '线性余弦'],
  noisyLinearCosine: ['Noisy linear cosine', '带噪线性余弦'],
  reduceOnPlateau: ['Reduce on plateau', '停滞时降低'],
  rangeTest: ['Range test', '学习率范围测试'],
  polynomial: ['Linear', '线性'],
  exponential: ['Exponential', '指数'],
  naturalExponential: ['Natural exponential', '自然指数'],
  inverseTime: ['Inverse time', '反时间'],
  piecewise: ['Piecewise', '分段'],
  oneCycle: ['One cycle', '单周期'],
  none: ['None', '无'],
  balanced: ['Balanced', '按频率平衡'],
  custom: ['Custom', '自定义'],
  standardize: ['Mean 0, deviation 1', '均值 0、标准差 1'],
  minMax: ['0 to 1', '0 到 1'],
  horizontal: ['Left and right', '左右翻转'],
  vertical: ['Top and bottom', '上下翻转'],
  both: ['Both', '两者皆有'],
}

export const trainingChoice = (option: string, chinese: boolean): string =>
  Object.hasOwn(names, option) ? names[option as Choice][chinese ? 1 : 0] : option
