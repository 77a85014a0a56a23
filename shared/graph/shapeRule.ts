import { checkField, type Field, type FieldValue, MAX_SIZE } from '../fields'
import type { LayerDef, MaybeShape, ShapeResult } from '../layer'
import type { Draft } from '../problems'
import type { LayerNode } from './graph'

const noDrafts: readonly Draft[] = []

/**
 * Runs the layer's shape rule. With parameters outside their limits the rule runs twice, on two harmless sets of values: a size on which
 * both agree does not depend on them and stays known. `problems` are those of the parameters.
 */
export function shapeWith(
  def: LayerDef,
  node: LayerNode,
  shapes: readonly MaybeShape[],
): { readonly result: ShapeResult; readonly problems: readonly Draft[] } {
  const params: Readonly<Record<string, FieldValue>> = node.params
  let problems: Draft[] | undefined
  for (const name in def.fields) {
    const problem = checkField(name, def.fields[name] as Field, params[name])
    if (problem) {
      problems ??= []
      problems.push({ ...problem, remedy: { kind: 'set', params: { [name]: def.fields[name]?.default ?? 0 } } })
    }
  }
  if (!problems) return { result: def.shape(shapes, params), problems: noDrafts }
  const patched: [Record<string, FieldValue>, Record<string, FieldValue>] = [{ ...params }, { ...params }]
  for (const { field: name = '' } of problems) {
    const field = def.fields[name]
    if (field) [patched[0][name], patched[1][name]] = harmless(field, params[name])
  }
  const [a, b] = [def.shape(shapes, patched[0]), def.shape(shapes, patched[1])]
  return { result: { outputs: a.outputs.map((s, port) => agree(s, b.outputs[port] ?? null)) }, problems }
}

/** Two valid values that differ wherever a size could depend on the field; the sound sizes of a list are kept in both. */
function harmless(field: Field, value: FieldValue | undefined): readonly [FieldValue, FieldValue] {
  switch (field.kind) {
    case 'int':
      return [field.default, field.default < field.max ? field.default + 1 : field.default - 1]
    case 'choice':
      return [field.default, field.options.find((o) => o !== field.default) ?? field.default]
    case 'bool':
      return [field.default, !field.default]
    case 'padding':
      return ['same', 'valid']
    case 'float':
    case 'text':
      return [field.default, field.default]
    case 'tuple':
    case 'list':
    case 'shape': {
      const mended = ([1, 2] as const).map((size) => mend(field, value, size))
      const [a, b] = mended.map((v) => (checkField('', field, v) === null ? v : null))
      if (a && b) return [a, b]
      return [field.default, field.kind === 'tuple' ? field.default.map((n) => n + 1) : [...field.default, 1]]
    }
  }
}

function mend(
  field: Extract<Field, { kind: 'tuple' | 'list' | 'shape' }>,
  value: FieldValue | undefined,
  size: number,
) {
  const [min, max] = field.kind === 'shape' ? [1, MAX_SIZE] : [field.min, field.max]
  const sound = (n: number): boolean => Number.isInteger(n) && n >= min && n <= max
  const inferred = (n: number): boolean => field.kind === 'shape' && field.infer === true && n === -1
  return Array.isArray(value) ? value.map((n) => (sound(n) || inferred(n) ? n : min + size)) : []
}

const agree = (a: MaybeShape, b: MaybeShape): MaybeShape =>
  a && b && a.length === b.length ? a.map((n, i) => (n === b[i] ? n : null)) : null
