import type { FailureCode } from '#shared/training/failures'
import { dataFailures } from './dataFailures'
import { engineFailures } from './engineFailures'
import { hostFailures } from './hostFailures'
import { runFailures } from './runFailures'

/** By code, with the placeholders of the English text: the compiler demands one for each. */
export const failures: Readonly<Record<FailureCode, string>> = {
  ...dataFailures,
  ...engineFailures,
  ...hostFailures,
  ...runFailures,
  notFinite:
    '第 {step} 步（第 {epoch} 轮）的损失变为 {what}。请使用比 {rate} 更小的学习率，并检查数据中有没有远超范围的数值。',
  notFiniteIn:
    '第 {step} 步（第 {epoch} 轮）的损失变为 {what}，最先出现在层 {layer} 中。请使用比 {rate} 更小的学习率，并检查数据中有没有远超范围的数值。',
  trainingFailed: '训练失败：{reason}。',
  notWrittenOn: '训练记录 {folder} 无法写入：{fault}，然后继续训练：最后一个检查点完好。',
  notWritten: '训练记录 {folder} 无法写入：{fault}。',
  threadLost: '变换图像的线程结束了：{reason}。',
  busyMeasuring: '训练正在进行，此时无法测速。请先停止训练，或等它结束。',
  engineSilent: '它在 {seconds} 秒内没有回应。',
  batchTooLarge: '批大小 {batch} 超出内存：至少需要 {needed}，可用 {available}。请使用 {largest} 或更小的批大小。',
  sampleTooLarge:
    '网络超出内存：批大小 {batch} 至少需要 {needed}，可用 {available}，连一个样本也放不下。请缩小网络或其输入。',
  ranOut:
    '内存耗尽：引擎 {engine} 以批大小 {batch} 训练，预计需要 {needed}。请使用 {largest} 或更小的批大小。已写入的检查点仍在。',
  ranOutBySample:
    '内存耗尽：引擎 {engine} 以批大小 {batch} 训练，预计需要 {needed}。请缩小网络或其输入。已写入的检查点仍在。',
  outOfMemory: '训练进程的内存不足。请使用更小的批或更小的网络。',
  killed: '训练进程被 SIGKILL 结束：有人停止了它，或系统内存不足。最后一个检查点仍在。',
  endedBySignal: '训练进程被 {signal} 结束。',
  endedWithCode: '训练进程已结束，退出码为 {code}。',
  lost: '训练进程未完成训练就结束了。最后一个检查点仍在。',
  processFailed: '训练进程出错：{reason}。',
  noMessage: '训练进程发来了无法理解的消息。',
  noResult: '训练进程发来了无法理解的结果。',
  nothingLeft: '没有剩下用于训练的样本。请减小验证集和测试集的比例，或使用更多数据。',
  needsValidation:
    '早停和恢复最佳权重以验证损失为准，但没有留出验证样本。请增大验证集比例，或把早停耐心值设为 0 并关闭恢复最佳权重。',
  plateauNeedsValidation: '“停滞时降低”调度依据验证损失，但没有留出验证样本。请增大验证集比例，或选择其他调度。',
  allFrozen: '没有可训练的内容：所有带权重的层都被冻结。请至少解冻一层。',
  noWeights: '没有可训练的内容：网络中没有带权重的层。请添加一层，例如全连接层。',
  classWeightsOfNumbers: '类别权重需要类别，但这份数据的目标是数值。请将类别权重设为“全部相同”。',
  classWeightsCount: '自定义类别权重需要每类一个数。{classes} 个类别却给了 {received} 个。',
  classWeightsZero: '所有类别权重都是 0，什么也学不到。请至少给一个类别更大的权重。',
  startUnusable: '训练记录 {run} 没有可用作起点的权重：{reason}。请给出另一个训练记录的文件夹。',
  startForeign:
    '训练记录 {run} 的权重没有一个适合此网络：名称和形状都不相同。请从相同或相似网络的训练记录开始，或不用训练记录。',
  wholeNumbers: '嵌入层查找的是整数，归一化会把它们变成别的数。请把归一化设为“无”。',
  checkpointLacks: '检查点缺少 {weights}。请重新训练该项目。',
  checkpointUnusable: '检查点 {path} 无法使用：{reason}。请重新训练该项目。',
  engineUnavailable: '计算引擎 {engine} 无法启动：{reason}。请选择其他引擎。',
  busy: '已有训练正在进行。请先停止它，或等它结束。',
  notUnderWay: '训练 {run} 没有在进行，可能已经结束。',
}
