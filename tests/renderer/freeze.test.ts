import { beforeEach, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { findNode } from '#shared/graph/graph'
import { defaultTraining } from '#shared/training/config'
import { isFrozen } from '#shared/training/weightSettings'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { freeze, unfreeze } from '../../renderer/actions/freeze'
import { addCopy, selectedPart } from '../../renderer/canvas/clipboard'
import { groupFlowId } from '../../renderer/canvas/groups'
import { useDocument } from '../../renderer/store/document'
import { useView } from '../../renderer/store/view'

const graph = drawTemplate(templates.resnet18, defaultsOf(templates.resnet18.fields))
const frozen = () => useDocument.getState().document.graph.nodes.filter(isFrozen)
const trainable = () => useDocument.getState().inference.totals.params.trainable
/** Neither needs anything from outside the stores. */
const context = {} as Parameters<typeof freeze.run>[0]

beforeEach(() => {
  useDocument.getState().open({ name: 'R', graph, training: defaultTraining, data: 'shapes' })
  useView.getState().select([])
})

test('a selected group is frozen in one step, without its layers that have no weights, and thawed', () => {
  const group = graph.groups[0]
  expect(group).toBeDefined()
  expect([freeze.enabled?.(), unfreeze.enabled?.()]).toEqual([false, false])
  useView.getState().select([groupFlowId(group?.id ?? '')])
  expect([freeze.enabled?.(), unfreeze.enabled?.()]).toEqual([true, false])
  const all = trainable()
  freeze.run(context)
  const ids = frozen().map((n) => n.id)
  expect(ids).toEqual(
    graph.nodes.filter((n) => n.group === group?.id && ['conv2d', 'batchNorm'].includes(n.type)).map((n) => n.id),
  )
  const held = ids.reduce((sum, id) => sum + (useDocument.getState().inference.node(id)?.totals.params.total ?? 0), 0)
  // The stem: a 7×7 convolution of 3 into 64 channels, and scale, shift, mean and variance of each.
  expect(held).toBe(7 * 7 * 3 * 64 + 4 * 64)
  expect(trainable()).toBe(all - 7 * 7 * 3 * 64 - 2 * 64)
  expect([freeze.enabled?.(), unfreeze.enabled?.()]).toEqual([false, true])
  useDocument.getState().undo()
  expect(frozen()).toEqual([])
  expect(trainable()).toBe(all)
  useDocument.getState().redo()
  unfreeze.run(context)
  expect(frozen()).toEqual([])
  expect(useDocument.getState().document.graph.nodes.filter((n) => n.weightSettings !== undefined)).toEqual([])
})

test('copies of frozen layers are frozen', () => {
  const [conv] = graph.nodes.filter((n) => n.type === 'conv2d')
  useView.getState().select([conv?.id ?? ''])
  freeze.run(context)
  addCopy('paste', selectedPart())
  const [copy] = [...useView.getState().selection]
  expect(copy).not.toBe(conv?.id)
  const made = findNode(useDocument.getState().document.graph, copy ?? '')
  expect(made && isFrozen(made)).toBe(true)
})
