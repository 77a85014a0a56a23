import type { InitializerType } from '#shared/training/initializers'

/** What the initialisers are called: English, Chinese. */
const names: Readonly<Record<InitializerType, readonly [string, string]>> = {
  glorotUniform: ['Glorot uniform', 'Glorot 均匀分布'],
  glorotNormal: ['Glorot normal', 'Glorot 正态分布'],
  heUniform: ['He uniform', 'He 均匀分布'],
  heNormal: ['He normal', 'He 正态分布'],
  lecunUniform: ['LeCun uniform', 'LeCun 均匀分布'],
  lecunNormal: ['LeCun normal', 'LeCun 正态分布'],
  orthogonal: ['Orthogonal', '正交'],
  randomNormal: ['Normal', '正态分布'],
  truncatedNormal: ['Truncated normal', '截断正态分布'],
  randomUniform: ['Uniform', '均匀分布'],
  sparse: ['Sparse', '稀疏'],
  identity: ['Identity', '恒等'],
  bilinear: ['Bilinear', '双线性'],
  zeros: ['Zeros', '全零'],
  ones: ['Ones', '全一'],
  constant: ['Constant', '常数'],
}

export const initializerName = (option: string, chinese: boolean): string =>
  Object.hasOwn(names, option) ? names[option as InitializerType][chinese ? 1 : 0] : option
