import type { NoteCode } from '#shared/training/notes'

/** By code, with the placeholders of the English text: the compiler demands one for each. */
export const notes: Readonly<Record<NoteCode, string>> = {
  reshaped: '{from} 的样本按 {to} 读取。',
  padded: '{from} 的图像居中放在 {to} 中，四周补零，与 LeNet-5 相同。',
  inputsSplit: '各输入依次取样本的一部分：{inputs}。',
  targetsSplit: '各输出依次学习目标中的数：{outputs}。',
  noGradient: '没有损失的梯度到达 {layers} 的权重：训练不会改变它们。',
  rowsLeftOut: '缺少数值的行已略去：共 {count} 行，位于第 {lines} 行。',
  valuesFilled: '缺失的数值以 {value} 填补：共 {count} 处，最先在第 {line} 行。',
  pictureSkipped: '已略过 {path}：{fault}。',
  morePicturesSkipped: '还有更多图片因此类原因被略过。',
  noPictures: '文件夹 {path} 中没有可读的图片，不算作一个类别。',
  emptyClass: '类别 {label} 没有样本。',
  loneSample: '类别 {label} 只有一个样本，只会出现在划分的某一部分中。',
  imbalance: '类别 {most} 的样本数是 {least} 的 {times} 倍，准确率因此说明不了什么。请给类别加权，并查看每一类的得分。',
  inverted: '已交换明暗：该训练记录的样本与此相反。',
  firstFrame: '这是动画图片：使用其第一帧。',
  wideTargets: '要预测的数值在 {mean} 附近，标准差为 {std}。网络最善于学习 1 左右的数：请先把它们除小。',
  unevenColumns: '列 {wide} 的变化幅度是 {narrow} 的 {times} 倍。归一化可使各列尺度一致，更容易学习。',
  augmentationUnused: '数据增强只改变图像：{shape} 的样本按原样使用。',
  mirroredSigns: '翻转后的数字和字母是另外的符号。如果类别是数字或字母，不用翻转会更好。',
  startedFrom: '{all} 个权重全部取自训练记录 {run}。',
  startedPartly: '{all} 个权重中有 {taken} 个取自训练记录 {run}；其余重新初始化：{anew}。',
  notCompiled: '引擎 {engine} 逐个算子地计算了此网络，速度较慢：无法将它编译成一张图。{reason}',
  partlyOnProcessor:
    '引擎 {engine} 把此网络的部分算子交给了处理器计算，因为 ONNX Runtime 没有相应的算子：数据需要来回传送。',
  engineOutdated: '引擎 {engine} 是由另一版本的 Netloom 安装的。重新安装可获得当前的算子，速度可能更快。',
  columnUnused: '此次训练没有用到列 {column}。',
}
