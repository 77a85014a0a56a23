import type { InstallCode } from '#shared/training/installation'

/** By code, with the placeholders of the English text: the compiler demands one for each. */
export const installSteps: Readonly<Record<InstallCode, string>> = {
  packages: '用 npm 下载 {package} {version}',
  published: '下载带有 TensorFlow {version} 的已发布版本',
  unpublished: '不使用已发布版本：{reason}',
  search: '查找 TensorFlow',
  compile: '为 {home} 中的 TensorFlow {version} 编译',
  test: '测试引擎',
}
