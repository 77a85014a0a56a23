import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdit, makeNode } from '#shared/graph/edits'
import type { Graph, GraphNode } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { asArray, type List, replaced } from '#shared/graph/list'
import { parseProject } from '#shared/project/parse'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'

const sizes = [0, 1, 100, 4096, 4097, 5000, 5120]
const changesOf = (length: number) =>
  fc.array(fc.array(fc.tuple(fc.nat(length - 1), fc.nat()), { maxLength: 8 }), { maxLength: 6 })

test('replacing items equals replacing them in a copy of the array, at any length, and leaves every earlier list alone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sizes.slice(1)).chain((n) => fc.tuple(fc.constant(n), changesOf(n))),
      ([length, rounds]) => {
        let list: List<number> = Array.from({ length }, (_, i) => -i)
        let array = [...list]
        const before: [List<number>, readonly number[]][] = [[list, array]]
        for (const changes of rounds) {
          list = replaced(list, changes)
          array = [...array]
          for (const [i, item] of changes) array[i] = item
          before.push([list, array])
        }
        for (const [have, want] of before) expect(asArray(have)).toEqual(want)
      },
    ),
    { numRuns: 40 },
  )
})

test.each(sizes)('a list of %d items answers as an array does', (length) => {
  const array = Array.from({ length }, (_, i) => i)
  const list = replaced(array, length > 0 ? [[length - 1, 7.5]] : [])
  const same = length > 0 ? array.with(length - 1, 7.5) : array
  expect(list.length).toBe(length)
  for (const i of [-1, 0, length - 1, length, -length, -length - 1]) expect(list.at(i)).toBe(same.at(i))
  expect([...list]).toEqual(same)
  expect(JSON.stringify(list)).toBe(JSON.stringify(same))
  expect(list.map((x, i) => x * i)).toEqual(same.map((x, i) => x * i))
  expect(list.flatMap((x) => (x % 2 ? [x, x] : []))).toEqual(same.flatMap((x) => (x % 2 ? [x, x] : [])))
  expect(list.filter((x) => x % 3 === 0)).toEqual(same.filter((x) => x % 3 === 0))
  expect(list.find((x) => x === 7.5)).toBe(same.find((x) => x === 7.5))
  expect(list.some((x) => x === 7.5)).toBe(same.some((x) => x === 7.5))
  expect(list.every(Number.isInteger)).toBe(same.every(Number.isInteger))
})

test('a long network that was edited saves, opens and infers as one built in one go', () => {
  const size = 6000
  const nodes = [
    makeNode('input', 'n0', { shape: [8] }),
    ...Array.from({ length: size - 1 }, (_, i) => makeNode('dense', `n${i + 1}`, { units: 4 })),
  ]
  const edges = nodes.slice(1).map((n, i) => ({ source: `n${i}`, sourcePort: 0, target: n.id, targetPort: 0 }))
  const graph: Graph = { nodes, edges, groups: [] }
  const edited = [1, 3000, size - 1].reduce(
    (g, at) => applyEdit(g, { type: 'setParams', id: `n${at}`, params: { units: 16 } }),
    graph,
  )
  const whole = {
    ...graph,
    nodes: nodes.map(
      (n, i): GraphNode => ([1, 3000, size - 1].includes(i) ? makeNode('dense', n.id, { units: 16 }) : n),
    ),
  }
  expect(infer(edited).totals).toEqual(infer(whole).totals)
  const text = serializeProject({ name: 'long', graph: edited, training: defaultTraining, data: '' })
  const opened = parseProject(text)
  expect(opened.ok && asArray(opened.value.graph.nodes)).toEqual(asArray(edited.nodes))
})
