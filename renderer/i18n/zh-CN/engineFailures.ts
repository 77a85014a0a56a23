import type { engineFailures as texts } from '#shared/training/engineFailures'

/** By code, with the placeholders of the English text: the compiler demands one for each. */
export const engineFailures: Readonly<Record<keyof typeof texts, string>> = {
  engineAbsent: '尚未安装。请安装（"netloom engines install tensorflow"）。',
  engineDamaged: '{path} 缺失或已损坏。请重新安装该引擎（"netloom engines install tensorflow"）。',
  engineLibraryGone: 'TensorFlow 的库 {path} 已不存在。请重新安装该引擎（"netloom engines install tensorflow"）。',
  engineNotLoaded:
    '{package} 存在但无法加载：{reason}。请重新安装该引擎（"netloom engines install tensorflow"），或选择其他引擎。',
  webgpuMissing: '无法加载 WebGPU：{reason}。请重新安装 Netloom，或使用其他引擎。',
  noWebGpu: '没有找到 WebGPU 可用的 GPU。',
  providerNotOffered: '此系统的 ONNX Runtime 库不含 {provider}。请使用其他引擎。',
  providerAbsent:
    '要让 ONNX Runtime 用 {provider} 计算，需将其 GPU 软件包中的 {file} 放到 {folder}。请放入该文件，或使用其他引擎。',
  providerFails: 'ONNX Runtime 在此无法用 {provider} 计算：{reason}。请使用其他引擎。',
  gpuFailed: 'GPU 出错：{reason}。请使用更小的批或更小的网络，或使用其他引擎。',

  npmMissing: '缺少用来下载引擎软件包的程序 npm。请安装自带它的 Node.js。',
  packagesNotFetched: 'npm 无法下载 {package} {version}：{reason}。请检查网络后重试。',
  noTensorflow:
    '搜索路径上的 Python 都没有可供构建引擎的 TensorFlow。请安装一个（"python3 -m venv tf"、"tf/bin/pip install tensorflow-cpu"），然后指定它（"netloom engines install tensorflow --from tf"）。',
  noTensorflowIn:
    '{from} 无法使用：{reason}。请指定装有 TensorFlow 的 Python、其虚拟环境的文件夹，或 libtensorflow 的文件夹。',
  compilerMissing:
    '缺少用来构建引擎的 C++ 编译器 {compiler}。请安装一个（"apt install g++"、"xcode-select --install"）后重试。',
  notCompiled:
    '无法为 {home} 中的 TensorFlow 编译引擎：{reason}。请指定另一个（"netloom engines install tensorflow --from <Python 或文件夹>"）。',
  noSourceBuild: '在 Windows 上无法构建该引擎，只能使用已发布的版本。请检查网络后重试。',
  engineTestFailed: '引擎未通过测试，没有保留任何内容：{reason}。',
  noGpuFound:
    'TensorFlow {version} 找不到 GPU。请安装其 GPU 版本（"pip install tensorflow[and-cuda]"）和 GPU 驱动，或不带 --gpu 安装引擎。',
  engineNotPlaced: '引擎无法放入 {folder}：{reason}。请停止正在使用它的训练，检查权限和磁盘空间，然后重试。',
  engineNotRemoved: '无法从 {folder} 移除引擎：{reason}。请停止正在使用它的训练，检查权限，然后重试。',
  nothingInstalled: '{folder} 中没有安装引擎 tensorflow，没有可移除的内容。',
  installUnderWay: '已有引擎正在安装。请等它结束，或取消它。',
}
