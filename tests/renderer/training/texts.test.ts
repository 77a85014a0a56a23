import { expect, test } from 'vitest'
import { trainingFields } from '#shared/training/config'
import { trainingFields as chinese } from '../../../renderer/i18n/zh-CN/trainingFields'

test('every training setting has a Chinese name and help, and no more', () => {
  expect(Object.keys(chinese).sort()).toEqual(Object.keys(trainingFields).sort())
})
