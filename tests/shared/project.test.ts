import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { type Comment, commentColors } from '#shared/graph/comment'
import { makeNode } from '#shared/graph/edits'
import { directions, type GraphNode } from '#shared/graph/graph'
import { layerTypes } from '#shared/layers/index'
import { MAX_PROJECT_SIZE, type ProjectError, parseProject, showProjectError } from '#shared/project/parse'
import { FORMAT, type Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { templateNames, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const point = fc.record({ x: finite, y: finite }).map(({ x, y }) => ({ x: x + 0, y: y + 0 }))
const groupId = fc.constantFrom('g1', 'g2', '__proto__')
/** Without the key `__proto__`, which no file may hold, so that no layer from a file can have it. */
const json = fc
  .jsonValue({ maxDepth: 3 })
  .map((v) => JSON.stringify(v))
  .filter((text) => !text.includes('"__proto__":'))
  .map((text) => JSON.parse(text) as unknown)
const node: fc.Arbitrary<GraphNode> = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 12 }),
    name: fc.string(),
    position: point,
    type: fc.constantFrom(...layerTypes),
    unknown: fc.option(fc.record({ depth: json, 'a b': json }), { freq: 3 }),
    group: fc.option(groupId, { nil: undefined }),
  })
  .map(({ id, name, position, type, unknown, group }) => ({
    ...(unknown
      ? ({ id, name, position, type: 'unknown', originalType: `${type}From2030`, params: unknown } as const)
      : { ...makeNode(type, id), name, position }),
    ...(group !== undefined && { group }),
  }))
const side = fc.integer({ min: 40, max: 4000 })
const comment: fc.Arbitrary<Comment> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 12 }),
  text: fc.string({ unit: 'binary' }),
  position: point,
  size: fc.record({ width: side, height: side }),
  color: fc.constantFrom(...commentColors),
})
const port = fc.nat(9)
const edge = fc.record({
  source: fc.constantFrom('a', 'b'),
  sourcePort: port,
  target: fc.constantFrom('a', '__proto__'),
  targetPort: port,
})
const project: fc.Arbitrary<Project> = fc.record({
  name: fc.string(),
  data: fc.string(),
  training: fc
    .record({ epochs: fc.integer(), learningRate: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }) })
    .map((t) => ({
      ...defaultTraining,
      ...t,
    })),
  graph: fc.record(
    {
      nodes: fc.uniqueArray(node, { selector: (n) => n.id, maxLength: 8 }),
      edges: fc.array(edge, { maxLength: 6 }),
      groups: fc.tuple(fc.boolean(), fc.string(), fc.string()).map(([collapsed, one, two]) => [
        { id: 'g1', name: one, collapsed },
        { id: 'g2', name: two, parent: 'g1', collapsed: false },
        {
          id: '__proto__',
          name: '',
          parent: 'g2',
          collapsed: true,
          block: { type: 'residual', params: { filters: 8, strides: 1, shortcut: 'identity', batchNorm: true } },
        },
      ]),
      comments: fc.uniqueArray(comment, { selector: (c) => c.id, maxLength: 3 }),
      direction: fc.constantFrom(...directions),
    },
    { requiredKeys: ['nodes', 'edges', 'groups'] },
  ),
})

describe('open after save', () => {
  test('is the identity, unknown layers included', () => {
    fc.assert(
      fc.property(project, (p) => {
        const text = serializeProject(p)
        const opened = parseProject(text)
        expect(opened).toEqual({ ok: true, value: p })
        if (opened.ok) expect(serializeProject(opened.value)).toBe(text)
      }),
      { numRuns: 300 },
    )
  })
  test.each(templateNames)('of %s', (name) => {
    const graph = drawTemplate(templates[name], defaultsOf(templates[name].fields))
    const value: Project = { name, graph, training: defaultTraining, data: 'digits' }
    expect(parseProject(serializeProject(value))).toEqual({ ok: true, value })
  })
  test('a parameter that is not a number takes its default', () => {
    const graph = { nodes: [makeNode('dense', 'd', { units: Number.NaN, activation: 'relu' })], edges: [], groups: [] }
    const opened = parseProject(serializeProject({ name: '', graph, training: defaultTraining, data: '' }))
    expect(opened.ok && opened.value.graph.nodes.at(0)?.params).toEqual({
      units: 128,
      activation: 'relu',
      useBias: true,
    })
  })
})

const file = (change: object = {}): string =>
  JSON.stringify({
    format: FORMAT,
    name: '',
    data: '',
    training: {},
    graph: { nodes: [], edges: [], groups: [] },
    ...change,
  })
const graphFile = (nodes: readonly object[], groups: readonly object[] = [], edges: readonly object[] = []): string =>
  file({ graph: { nodes, edges, groups } })
const at = { x: 0, y: 0 }
const note = { id: 'n', text: 'A note', position: at, size: { width: 160, height: 80 }, color: 'yellow' }
const group = (id: string, parent?: string) => ({
  id,
  name: id,
  collapsed: false,
  ...(parent !== undefined && { parent }),
})
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

describe('a file that is not right', () => {
  const rows: readonly (readonly [what: string, text: string, code: ProjectError['code'], message: string])[] = [
    [
      'nothing',
      '',
      'notAProject',
      'This is not a Netloom project: it is not JSON (Unexpected end of JSON input). Open a file that Netloom saved.',
    ],
    ['truncated', file().slice(0, -2), 'notAProject', 'it is not JSON'],
    ['a list', '[]', 'notAProject', "it has no 'format'"],
    ['null', 'null', 'notAProject', "it has no 'format'"],
    ['format of another kind', '{"format":"1"}', 'notAProject', "its 'format' is not a whole number of at least 1"],
    ['too large', ' '.repeat(MAX_PROJECT_SIZE + 1), 'notAProject', 'more than 64000000'],
    [
      'newer',
      '{"format":3}',
      'tooNew',
      'This project was saved by a newer version (format 3; this version reads up to 2). Update Netloom.',
    ],
    ['no graph', '{"format":1}', 'invalid', 'The project has an invalid value at name: expected string'],
    ['an unknown key', file({ extra: 1 }), 'invalid', 'at (root): Unrecognized key: "extra"'],
    ['a __proto__ key', file().replace('"name"', '"__proto__":{"polluted":1},"name"'), 'invalid', '__proto__'],
    [
      'a __proto__ parameter',
      graphFile([{ id: 'a', type: 'dense', name: '', position: at }]).replace(
        '"position"',
        '"params":{"__proto__":{"units":3}},"position"',
      ),
      'invalid',
      'the key __proto__ is not allowed.',
    ],
    [
      'an unknown parameter',
      graphFile([{ id: 'a', type: 'dense', name: '', position: at, params: { unit: 3 } }]),
      'invalid',
      'at graph.nodes[0].params.unit: unknown parameter; known are units, activation, useBias.',
    ],
    [
      'a parameter of the wrong kind',
      graphFile([{ id: 'a', type: 'dense', name: '', position: at, params: { units: '3' } }]),
      'invalid',
      'at graph.nodes[0].params.units: expected int, received "3".',
    ],
    [
      'two layers of one id',
      graphFile(['a', 'a'].map((id) => ({ id, type: 'dense', name: '', position: at }))),
      'invalid',
      'at graph.nodes[1].id: a second layer is called "a".',
    ],
    [
      'an absent group',
      graphFile([{ id: 'a', type: 'dense', name: '', position: at, group: 'g' }]),
      'invalid',
      'at graph.nodes[0].group: there is no group "g".',
    ],
    [
      'an absent parent',
      graphFile([], [group('g', 'h')]),
      'invalid',
      'at graph.groups[0].parent: there is no group "h".',
    ],
    [
      'two groups of one id',
      graphFile([], [group('g'), group('g')]),
      'invalid',
      'at graph.groups: two groups have the same id.',
    ],
    [
      'groups in a circle',
      graphFile([], [group('a', 'b'), group('b', 'a')]),
      'invalid',
      'at graph.groups[0].parent: the group contains itself.',
    ],
    [
      'groups too deep',
      graphFile(
        [],
        Array.from({ length: 2000 }, (_, i) => group(`g${i}`, i === 0 ? undefined : `g${i - 1}`)),
      ),
      'invalid',
      'groups are nested deeper than 64',
    ],
    [
      'parameters too deep',
      graphFile([{ id: 'a', type: 'new', name: '', position: at, params: { x: 'DEEP' } }]).replace(
        '"DEEP"',
        deep(100_000),
      ),
      'invalid',
      'at graph.nodes[0].params: values are nested deeper than 64.',
    ],
    [
      'a parameter of a known layer too deep',
      graphFile([{ id: 'a', type: 'dense', name: '', position: at, params: { units: 'DEEP' } }]).replace(
        '"DEEP"',
        deep(100_000),
      ),
      'invalid',
      'at graph.nodes[0].params.units: expected int, received a list.',
    ],
    [
      'a wire to a negative port',
      graphFile([], [], [{ source: 'a', sourcePort: 0, target: 'b', targetPort: -1 }]),
      'invalid',
      'at graph.edges[0].targetPort: Too small',
    ],
    [
      'two comments of one id',
      file({ graph: { nodes: [], edges: [], groups: [], comments: [note, note] } }),
      'invalid',
      'at graph.comments: two comments have the same id.',
    ],
    [
      'a comment without an end',
      file({
        graph: { nodes: [], edges: [], groups: [], comments: [{ ...note, size: { width: 1e300, height: 80 } }] },
      }),
      'invalid',
      'at graph.comments[0].size.width: Too big',
    ],
    ['a very long key', file({ ['k'.repeat(1_000_000)]: 1 }), 'invalid', 'Unrecognized key'],
  ]
  test.each(rows)('%s', (_, text, code, message) => {
    const result = parseProject(text)
    expect(result.ok).toBe(false)
    if (result.ok) return
    expect(result.error.code).toBe(code)
    expect(showProjectError(result.error)).toContain(message)
    expect(showProjectError(result.error).length).toBeLessThan(600)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('whatever the text, an answer and no exception', () => {
    const text = serializeProject({
      name: '',
      graph: drawTemplate(templates.lenet5, defaultsOf(templates.lenet5.fields)),
      training: defaultTraining,
      data: '',
    })
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(5), fc.string({ maxLength: 3 }), (from, count, insert) => {
        parseProject(text.slice(0, from) + insert + text.slice(from + count))
      }),
      { numRuns: 1000 },
    )
  })
})
