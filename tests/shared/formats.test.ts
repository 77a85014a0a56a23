import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { layerTypes } from '#shared/layers/index'
import { migrations } from '#shared/project/migrations'
import { parseProject } from '#shared/project/parse'
import { FORMAT } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'

/** One file per released format, never edited: what people saved must open for ever. */
const fixture = (format: number): string =>
  readFileSync(new URL(`../fixtures/projects/format-${format}.netloom`, import.meta.url), 'utf8')
const formats = Array.from({ length: FORMAT }, (_, i) => i + 1)

describe.each(formats)('a project of format %i', (format) => {
  test('opens, with all its layers, wires and groups', () => {
    const opened = parseProject(fixture(format))
    expect(opened.ok ? null : opened.error).toBeNull()
    if (!opened.ok) return
    const { graph } = opened.value
    expect(graph.nodes.filter((n) => n.type === 'unknown').map((n) => n.id)).toEqual(['stranger'])
    expect(graph.edges.length).toBeGreaterThan(0)
    expect(graph.groups.map((g) => g.name)).toEqual(['Outer', 'Inner'])
  })
  test('has a way to the next format', () => {
    expect(format === FORMAT || typeof migrations[format] === 'function').toBe(true)
  })
})

test('comments and the direction of the drawing are kept since format 2', () => {
  const opened = parseProject(fixture(2))
  const graph = opened.ok ? opened.value.graph : null
  expect(graph?.comments?.map((c) => c.text)).toEqual(['Residual block\n残差 · <b>plain text</b>', ''])
  expect(graph?.direction).toBe('right')
})

test('how the weights of a layer begin and move is kept since format 2', () => {
  const opened = parseProject(fixture(2))
  const carriers = opened.ok ? opened.value.graph.nodes.filter((n) => n.weightSettings !== undefined) : []
  expect(carriers.map((n) => [n.id, n.weightSettings])).toEqual([
    ['batchNorm1', { trainable: false, learningRateMultiplier: 0.1 }],
  ])
})

test('whose weights a layer uses is kept since format 2', () => {
  const opened = parseProject(fixture(2))
  const sharers = opened.ok ? opened.value.graph.nodes.filter((n) => n.sharedWith !== undefined) : []
  expect(sharers.map((n) => [n.id, n.sharedWith])).toEqual([['one_dense', 'scores']])
})

test('a file of the newest format survives being saved again', () => {
  const opened = parseProject(fixture(FORMAT))
  expect(opened.ok && parseProject(serializeProject(opened.value))).toEqual(opened)
})

test('the newest format has a layer of each type that was there when it was released', () => {
  const opened = parseProject(fixture(FORMAT))
  const types = new Set(opened.ok ? opened.value.graph.nodes.map((n) => n.type) : [])
  expect(layerTypes.filter((t) => types.has(t)).length).toBeGreaterThan(50)
})
