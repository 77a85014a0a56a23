import type { engines as en } from '../en/engines'
import type { Texts } from '../texts'

export const engines: Texts<typeof en> = {
  title: '计算引擎',
  lead: '由什么来计算训练。“自动”会选用在该网络上最快的引擎。',
  available: '可用',
  missing: '不可用',
  version: '版本 {{version}}',
  device: '在 {{device}} 上',
  test: '测试',
  testing: '正在测试',
  right: '已正确算出一次已知的训练（{{seconds}}，含加载）。',
  testFailed: '测试未通过',
  install: '安装',
  again: '重新安装',
  update: '更新',
  outdated: '由另一版本的 Netloom 安装。更新可获得当前的算子，速度可能更快。需要网络。',
  choose: '为我的 TensorFlow 安装…',
  gpu: '仅当在 GPU 上计算时',
  installHelp:
    '把 TensorFlow 的原生库安装到 Netloom 的文件夹中：已发布的版本，或为本机 Python 的 TensorFlow 构建的版本。需要网络。',
  installing: '正在安装 TensorFlow',
  installed: 'TensorFlow {{version}} 已安装，并在 {{device}} 上计算正确。',
  installFailed: '无法安装 TensorFlow',
  cancelled: '已取消。一切保持原样。',
  cancel: '取消',
  remove: '移除',
  removeFailed: '无法移除 TensorFlow',
}
