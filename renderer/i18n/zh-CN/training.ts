import type { training as english } from '../en/training'

export const training: typeof english = {
  tab: { data: '数据', train: '训练', runs: '运行记录', results: '结果' },
}
