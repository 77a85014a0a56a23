import type { runFailures as texts } from '#shared/training/runFailures'

/** By code, with the placeholders of the English text: the compiler demands one for each. */
export const runFailures: Readonly<Record<keyof typeof texts, string>> = {
  noRun: '{folder} 中没有训练记录：{reason}。请选择由训练写出的文件夹。',
  runGone: '训练记录 {run} 已不存在，或还没有权重。请在训练记录列表中选择另一个。',
  runComplete: '训练 {run} 已完成：{epochs} 个轮次全部结束。',
  runCompleteEarly: '训练 {run} 已完成：它在 {epochs} 个轮次中的第 {done} 个之后提前停止。',
  stillUnderWay: '训练 {run} 仍在进行。请先停止它，再继续训练。',
  pausedElsewhere: '训练 {run} 在启动它的地方处于暂停状态。请在那里继续，或先停止它再继续训练。',

  networkErrors: '网络有错误。{problems}',
  noLayers: '网络的输入之后没有层。请添加一层，例如全连接层，并把它连接到输入。',
  sharedInputs: '{layer} 不能共享 {owner} 的权重：它们的输入相差太大。',
  otherWeights: '{layer} 的权重在 tfjs 中为 {received}，预期为 {wanted}。',
  notBuilt: '无法构建网络：{reason}',
  engineWrong:
    '计算引擎 {engine} 在此计算机上计算有误：一次小规模的已知训练给出损失 {received}，正确的是 {wanted}。请选择其他引擎。',
  onnxMissing: '无法加载 ONNX Runtime：{reason}。请重新安装 Netloom，或使用其他引擎。',

  exportFailed: '导出到 {to} 失败：{fault}。',
  noPythonReader: '数据集 {spec} 无法在 Python 中读取。',
  noTableEncoding: '此训练没有记下表格的列如何变成数。请重新训练一次。',
  notInTorch: '{layer} 无法写成 PyTorch：{reason}。',
  onnxTooLarge: '权重占 {size} GB，而 ONNX 文件最多容纳 2.1 GB。请导出为 tfjs。',

  nothingHeldOut: '此训练没有为这一部分留出样本。请指定用于评估的数据集。',
  classesNotNumbers: '此训练学习的是类别，而 {data} 的目标是数值。请选择其他数据。',
  numbersNotClasses: '此训练学习的是数值，而 {data} 的目标是类别。请选择其他数据。',
  unknownClasses: '{data} 中有此训练不认识的类别：{unknown}。它认识的有 {known}。',

  drawingShape: '此训练使用 {shape} 的样本，而绘图是 {size}。请重新加载页面。',
  drawingPixels: '{size} 的绘图带来了 {received} 个像素。请重新绘制。',
  noPicturesTaken: '此训练使用 {shape} 的样本，而不是图片。',
  tableWanted: '此训练使用 {shape} 的样本，而不是图片。请给出每行 {count} 个值的表格（CSV）。',
  pictureUnusable: '这张图片无法使用：{fault}。请选择另一个文件。',
  cellCount: '此训练使用 {wanted} 个值，却收到 {received} 个。请重新加载页面。',
  cellMissing: '缺少 {name}。请填写每一项。',
  cellNotANumber: '{name} 的值 {value} 不是数。请改正。',

  askingFailed: '无法询问网络：{reason}',
  answererGone: '回答的进程已结束：有人停止了它，或内存不足。请重试：它会重新启动。',
  answerUnread: '无法理解进程的回答。请重试。',
  questionUnread: '无法理解这个问题。',
  requestUnread: '无法理解这个请求。',
}
