import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { infer } from '#shared/graph/infer'
import { lenet5 } from '#templates/lenet'
import { drawTemplate } from '#templates/template'
import { startI18n } from '../../renderer/i18n'
import { layerTable } from '../../renderer/shell/layerTable'

beforeAll(() => {
  Object.assign(globalThis, { document: { documentElement: {} } })
  startI18n('en')
})

test('a network is a table with its published figures', () => {
  const graph = drawTemplate(lenet5, { input: [32, 32, 1], classes: 10 })
  const lines = layerTable(graph, infer(graph), i18next.t).split('\n')
  expect(lines).toHaveLength(graph.nodes.length + 2)
  expect(lines[0]).toBe('Layer\tKind\tSettings\tOutput\tParameters\tMACs')
  expect(lines[2]).toBe('C1\tConv 2D\t6 · 5×5 · stride 1 · valid\t28×28×6\t156\t117600')
  expect(lines.at(-1)).toBe('Total\t\t\t\t61706\t416520')
})

test('what a name holds cannot break the table', () => {
  const graph = drawTemplate(lenet5, { input: [32, 32, 1], classes: 10 })
  const named = { ...graph, nodes: [...graph.nodes].map((n) => ({ ...n, name: 'a\tb\nc' })) }
  for (const line of layerTable(named, infer(named), i18next.t).split('\n')) expect(line.split('\t')).toHaveLength(6)
})
