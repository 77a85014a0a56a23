import i18next from 'i18next'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FailureCode, failure, failureTexts, SAID } from '#shared/training/failures'
import { failureMessage } from '../../../renderer/i18n/failures'
import { failures } from '../../../renderer/i18n/zh-CN/failures'

beforeAll(() => i18next.init({ lng: 'zh-CN', resources: {} }))
afterAll(() => i18next.changeLanguage('en'))

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

test('every failure is said in Chinese with the same placeholders', () => {
  for (const code of Object.keys(failureTexts) as FailureCode[])
    expect([code, placeholders(failures[code])]).toEqual([code, placeholders(failureTexts[code])])
})

test('messages of the host are said in the language of the interface', async () => {
  expect(failureMessage(failure('busy', {}))).toBe('已有训练正在进行。请先停止它，或等它结束。')
  expect(failureMessage(`${failure('endedWithCode', { code: 7 })}${SAID}TypeError: x`)).toBe(
    '训练进程已结束，退出码为 7。它说：TypeError: x',
  )
  expect(failureMessage(failure('notFinite', { what: 'infinite', step: 3, epoch: 1, rate: 0.5 }))).toMatch(
    /^第 3 步（第 1 轮）的损失变为 无穷大。请使用比 0.5 更小/,
  )
  await i18next.changeLanguage('en')
  expect(failureMessage(failure('busy', {}))).toBe(failureTexts.busy)
  await i18next.changeLanguage('zh-CN')
})

test('a project is refused in the words of its problem, and what is not known is quoted', () => {
  expect(failureMessage('epochs must be a whole number. Received: 1.5.')).not.toMatch(/must be/)
  expect(failureMessage('Somebody tripped over the cable.')).toBe('原文“Somebody tripped over the cable.”')
})
