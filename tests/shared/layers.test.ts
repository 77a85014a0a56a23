import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkField, defaultsOf, type Field, type FieldValue, parseParams } from '#shared/fields'
import { makeNode } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import type { NodeResult } from '#shared/graph/nodeResult'
import { categories, elements, type LayerDef, type MaybeShape } from '#shared/layer'
import { type LayerType, layers, layerTypes } from '#shared/layers/index'
import { draw } from './drawing'

/** One layer fed by inputs of the given shapes. */
function alone(type: LayerType, params: Readonly<Record<string, FieldValue>>, inputs: readonly (readonly number[])[]) {
  const graph: Graph = draw(
    [...inputs.map((shape, i) => [`in${i}`, 'input', { shape }] as const), makeNode(type, 'x', params)],
    ...inputs.map((_, i) => `in${i} > x:${i}`),
  )
  return infer(graph).node('x') as NodeResult
}

test('one file per layer, called like its type', () => {
  const files = readdirSync(new URL('../../shared/layers/', import.meta.url))
  const names = files.filter((f) => f !== 'index.ts').map((f) => f.replace(/\.ts$/, ''))
  expect(names.sort()).toEqual([...layerTypes].sort())
})

test.each(layerTypes)('%s: the definition is complete', (type) => {
  const def: LayerDef = layers[type]
  expect(categories).toContain(def.category)
  for (const sentence of [def.doc.summary, ...Object.values(def.fields).map((f) => f.help)])
    expect(sentence).toMatch(/^[A-Z0-9'].*\.$/)
  expect(def.doc.formula).not.toBe('')
  expect(def.examples.length).toBeGreaterThan(0)
  for (const [name, field] of Object.entries(def.fields)) expect(checkField(name, field, field.default)).toBeNull()
})

test.each(layerTypes)('%s: its examples', (type) => {
  for (const example of layers[type].examples) {
    const params = { ...example.params } as Readonly<Record<string, FieldValue>>
    const result = alone(type, params, example.inputs)
    expect(result.problems).toEqual([])
    expect(result.outputs).toEqual(example.outputs)
    expect(Object.fromEntries(result.weights.map((w) => [w.name, w.shape]))).toEqual(example.weights ?? {})
    if (example.macs !== undefined) expect(result.totals.macs).toBe(example.macs)
    const full = { ...defaultsOf(layers[type].fields), ...params }
    const inputs = example.inputs.map((s) => [...s])
    expect(layers[type].tfjs(full, inputs).length).toBeLessThan(7)
    expect(parseParams(layers[type].fields, JSON.parse(JSON.stringify(full)))).toEqual({ ok: true, value: full })
  }
})

const bad: Readonly<Record<Field['kind'], readonly FieldValue[]>> = {
  int: [-10, 1.5, 2 ** 40, Number.NaN, Number.POSITIVE_INFINITY, 'three', [3]],
  float: [Number.NaN, Number.NEGATIVE_INFINITY, 'half', true],
  bool: ['yes', 1],
  choice: ['', 'toString', '__proto__', 3],
  text: [3],
  tuple: [[], [0], [1.5, 2], [Number.NaN, 3], [-20_000, 3, 3], [2 ** 40, 1, 1, 1], 'same', 3],
  padding: ['full', [], [1], [-1, 0, 0, 0, 0, 0], [0.5, 0.5, 1, 1], 3],
  shape: [[], [0, 5], [-2], [2.5, 3, 1], [Number.NaN], [2 ** 40], [1, 1, 1, 1, 1, 1, 1, 1, 1], 3],
  list: [[-20_000], [0.5], [Number.NaN], 3, 'x'],
}
const shapes: readonly (readonly number[])[] = [
  [1],
  [7],
  [1_000_000],
  [5, 3],
  [4, 4, 3],
  [1, 1, 1],
  [1_000_000, 1_000_000, 1_000_000],
  [3, 4, 4, 2],
  [2, 2, 2, 2, 2],
]
const sound = (outputs: readonly MaybeShape[]): boolean =>
  outputs.every((s) => s === null || s.every((n) => n === null || (Number.isInteger(n) && n >= 1)))

describe.each(layerTypes)('%s', (type) => {
  const def: LayerDef = layers[type]
  const count = Math.min(def.inputs.max, 2)
  const fed = def.inputs.max === 0 ? [[]] : shapes.map((s) => Array.from({ length: count }, () => s))

  test('a bad value of any parameter is a problem at that parameter, never an exception', () => {
    for (const [name, field] of Object.entries(def.fields))
      for (const value of bad[field.kind])
        for (const inputs of fed) {
          const result = alone(type, { [name]: value }, inputs)
          expect(
            result.problems.some((p) => p.field === name && p.severity === 'error'),
            `${name} = ${value}`,
          ).toBe(true)
          expect(sound(result.outputs), `${name} = ${value} of ${inputs}: ${result.outputs}`).toBe(true)
          expect(result.known).toBe(false)
        }
  })

  test('whatever arrives: sizes are whole and positive, or a problem says why', () => {
    const size = fc.constantFrom(1, 2, 3, 5, 16, 1_000_000)
    const value = (field: Field): fc.Arbitrary<FieldValue> => {
      switch (field.kind) {
        case 'int':
          return fc.integer({ min: field.min, max: Math.min(field.max, 40) })
        case 'tuple':
          return fc.array(fc.integer({ min: field.min, max: Math.min(field.max, 9) }), {
            minLength: field.length,
            maxLength: field.length,
          })
        case 'padding':
          return fc.oneof(
            fc.constantFrom('same', 'valid'),
            fc.array(fc.nat(4), { minLength: field.axes * 2, maxLength: field.axes * 2 }),
          )
        case 'shape':
        case 'list':
          return fc.array(size, { minLength: 1, maxLength: 5 })
        case 'choice':
          return fc.constantFrom(...field.options)
        case 'bool':
          return fc.boolean()
        case 'float':
        case 'text':
          return fc.constant(field.default)
      }
    }
    const params = fc.record(Object.fromEntries(Object.entries(def.fields).map(([k, f]) => [k, value(f)])))
    const inputs = fc.array(fc.array(size, { minLength: 1, maxLength: 5 }), { minLength: count, maxLength: count })
    fc.assert(
      fc.property(params, inputs, (p, ins) => {
        const result = alone(type, p, ins)
        expect(sound(result.outputs)).toBe(true)
        const fine = result.problems.every((x) => x.severity !== 'error')
        // An input beyond all limits is a problem of the layer that makes it.
        const arrives = ins.every((x) => elements(x) < 2 ** 31)
        expect(result.known).toBe(fine && arrives)
        for (const n of Object.values({ ...result.totals, params: result.totals.params.total })) {
          expect(Number.isFinite(n)).toBe(true)
          expect(n).toBeGreaterThanOrEqual(0)
        }
        if (fine) for (const w of result.weights) expect(sound([w.shape]), w.name).toBe(true)
        if (fine) expect(() => def.tfjs({ ...defaultsOf(def.fields), ...p }, ins)).not.toThrow()
      }),
      { numRuns: 200 },
    )
  })

  test('unknown sizes stay unknown, and what is known stays known', () => {
    const maybe = fc.option(fc.array(fc.option(fc.constantFrom(1, 3, 8)), { maxLength: 5 }))
    fc.assert(
      fc.property(fc.array(maybe, { minLength: def.inputs.min, maxLength: count }), (ins) => {
        const p = defaultsOf(def.fields)
        const { outputs } = def.shape(ins, p)
        expect(outputs.length).toBe(def.outputs?.length ?? 1)
        expect(sound(outputs)).toBe(true)
        expect(() => def.weights?.(ins, p)).not.toThrow()
      }),
      { numRuns: 200 },
    )
  })
})
