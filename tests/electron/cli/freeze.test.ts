import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import type { Graph } from '#shared/graph/graph'
import { isFrozen } from '#shared/training/weightSettings'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { freezeLayers } from '../../../electron/cli/freeze'

const resnet = drawTemplate(templates.resnet18, defaultsOf(templates.resnet18.fields))
const frozen = (graph: Graph): string[] => graph.nodes.filter(isFrozen).map((n) => n.id)
const freeze = (...patterns: string[]): string[] => {
  const result = freezeLayers(resnet, patterns)
  return result.ok ? frozen(result.value) : [result.error]
}

test('by name or id, with a wildcard, or all of a group; layers without weights are left out', () => {
  const withWeights = resnet.nodes.filter((n) => ['conv2d', 'batchNorm', 'dense'].includes(n.type))
  expect(freeze('*')).toEqual(withWeights.map((n) => n.id))
  const [first] = withWeights
  expect(first && freeze(first.name)).toContain(first?.id)
  expect(first && freeze(first.id)).toEqual([first?.id])
  const group = resnet.groups.at(-1)
  const members = withWeights.filter((n) => n.group === group?.id).map((n) => n.id)
  expect(members.length).toBeGreaterThan(2)
  expect(freeze(group?.name ?? '')).toEqual(members)
  expect(freeze()).toEqual([])
})

test('a name that fits nothing is refused, with those that there are', () => {
  const [error] = freeze('conv1', 'hed')
  expect(error).toContain('No layer with weights is called')
  // What looks like a regular expression is a name.
  expect(freeze('.*')[0]).toContain("No layer with weights is called '.*'")
})
