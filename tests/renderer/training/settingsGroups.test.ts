import { expect, test } from 'vitest'
import { defaultTraining, trainingFields } from '#shared/training/config'
import {
  basicSettings,
  countChanged,
  hasWrong,
  settingGroups,
  settingsOf,
} from '../../../renderer/training/settingsGroups'

const everywhere = (training = defaultTraining) => [
  ...basicSettings,
  ...settingGroups.flatMap((group) => settingsOf(group, training)),
]

test('every setting stands in one place, whatever is added', () => {
  const used = everywhere({ ...defaultTraining, optimizer: 'sgd', schedule: 'exponential', classWeight: 'custom' })
  expect(new Set(used).size).toBe(used.length)
  const all = new Set([...used, ...everywhere({ ...defaultTraining, schedule: 'reduceOnPlateau' })])
  const idle = Object.keys(trainingFields).filter((n) => ![...all].some((u) => u === n))
  expect(idle).toEqual([])
})

test('what the others make idle is not shown', () => {
  expect(everywhere()).not.toContain('momentum')
  expect(everywhere()).not.toContain('decayRate')
  expect(settingsOf('optimizer', { ...defaultTraining, optimizer: 'nesterov' })).toContain('momentum')
  expect(settingsOf('schedule', { ...defaultTraining, schedule: 'inverseTime' })).toContain('decayRate')
})

test('a group tells how much in it was changed, and whether something is wrong', () => {
  const ending = settingsOf('ending', defaultTraining)
  expect(countChanged(ending, defaultTraining)).toBe(0)
  expect(countChanged(ending, { ...defaultTraining, patience: 3, restoreBest: true })).toBe(2)
  expect(hasWrong(defaultTraining)).toBe(false)
  const wrong = { ...defaultTraining, patience: -1 }
  expect(hasWrong(wrong, ending)).toBe(true)
  expect(hasWrong(wrong, basicSettings)).toBe(false)
})
