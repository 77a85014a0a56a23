import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { infer } from '#shared/graph/infer'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { costs, noBudget, spentOf, useBudget } from '../../renderer/store/budget'

const lenet = templates.lenet5
const { totals } = infer(drawTemplate(lenet, defaultsOf(lenet.fields)))

test('without limits nothing is over', () => {
  const spent = spentOf(totals, noBudget)
  expect(costs.filter((c) => spent[c].over)).toEqual([])
  expect(spent.params.value).toBe(totals.params.total)
})

test('a figure is over above its limit, not at it', () => {
  const at = { ...noBudget, params: totals.params.total, macs: totals.macs, weights: totals.weightBytes }
  expect(costs.filter((c) => spentOf(totals, at)[c].over)).toEqual([])
  const below = { ...at, params: totals.params.total - 1, weights: totals.weightBytes - 1 }
  expect(costs.filter((c) => spentOf(totals, below)[c].over)).toEqual(['params', 'weights'])
})

test('activations are those of the whole batch', () => {
  const activations = totals.activationBytes * 32
  expect(spentOf(totals, { ...noBudget, activations, batch: 32 }).activations.over).toBe(false)
  expect(spentOf(totals, { ...noBudget, activations, batch: 33 }).activations).toEqual({
    value: totals.activationBytes * 33,
    limit: activations,
    over: true,
  })
})

test('no limit of zero and no batch of half a sample', () => {
  const { setBudget } = useBudget.getState()
  setBudget({ params: 5e6 })
  for (const wrong of [{ params: 0 }, { macs: Number.NaN }, { batch: 0 }, { batch: 1.5 }]) setBudget(wrong)
  expect(useBudget.getState().budget).toEqual({ ...noBudget, params: 5e6 })
})
