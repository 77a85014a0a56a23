import type { en } from '../en'
import type { Texts } from '../texts'
import { app } from './app'
import { engines } from './engines'
import { results } from './results'
import { training } from './training'

export const zhCN: Texts<typeof en> = { app, training, results, engines }
