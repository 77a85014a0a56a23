import { type Draft, draft } from './problems'
import { err, ok, type Result } from './result'
import { phrase } from './training/failurePhrases'

/**
 * A field declares one hyper-parameter: its kind, default, limits and help. Types, forms, validation and the file format
 * all follow from it.
 */
interface Common<T> {
  readonly default: T
  /** One sentence in English; translations are keyed by layer and field name. */
  readonly help: string
}
export interface IntField extends Common<number> {
  readonly kind: 'int'
  readonly min: number
  readonly max: number
}
export interface FloatField extends Common<number> {
  readonly kind: 'float'
  readonly min: number
  readonly max: number
  /** The limits themselves are not allowed. */
  readonly open?: boolean
}
export interface BoolField extends Common<boolean> {
  readonly kind: 'bool'
}
export interface ChoiceField<O extends string = string> extends Common<O> {
  readonly kind: 'choice'
  readonly options: readonly O[]
}
/** One integer per spatial axis, outermost first: `[height, width]` for two axes. */
export interface TupleField extends Common<readonly number[]> {
  readonly kind: 'tuple'
  readonly length: number
  readonly min: number
  readonly max: number
}
export type Padding = 'same' | 'valid' | readonly number[]
/** `same`, `valid`, or explicit amounts `[before, after]` per spatial axis in one flat list (2-D: top, bottom, left, right). */
export interface PaddingField extends Common<Padding> {
  readonly kind: 'padding'
  readonly axes: number
}
/** A tensor shape without the batch axis; every size at least 1. With `infer`, one size may be −1: whatever remains. */
export interface ShapeField extends Common<readonly number[]> {
  readonly kind: 'shape'
  readonly infer?: boolean
}
/** A list of integers, or of any numbers, of any length. */
export interface ListField extends Common<readonly number[]> {
  readonly kind: 'list'
  readonly fractions?: boolean
  readonly min: number
  readonly max: number
}
export interface TextField extends Common<string> {
  readonly kind: 'text'
}
export type Field =
  | IntField
  | FloatField
  | BoolField
  | ChoiceField
  | TupleField
  | PaddingField
  | ShapeField
  | ListField
  | TextField
export type Fields = Readonly<Record<string, Field>>

export type FieldValue = number | boolean | string | readonly number[]
export type ValueOf<F extends Field> =
  F extends ChoiceField<infer O>
    ? O
    : F extends IntField | FloatField
      ? number
      : F extends BoolField
        ? boolean
        : F extends PaddingField
          ? Padding
          : F extends TextField
            ? string
            : F extends TupleField | ShapeField | ListField
              ? readonly number[]
              : FieldValue
export type ParamsOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> }
export type Params = Readonly<Record<string, FieldValue>>

type Limits = { readonly min?: number; readonly max?: number }
/** Larger sizes than this are slips of the keyboard, and keep every product exactly representable. */
export const MAX_SIZE = 1_000_000
export const MAX_AXES = 8

export const int = (f: Common<number> & Limits): IntField => ({ kind: 'int', min: 1, max: MAX_SIZE, ...f })
export const float = (f: Common<number> & Limits & { readonly open?: boolean }): FloatField => ({
  kind: 'float',
  min: Number.NEGATIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
  ...f,
})
export const bool = (f: Common<boolean>): BoolField => ({ kind: 'bool', ...f })
export const choice = <const O extends string>(
  f: Common<NoInfer<O>> & { readonly options: readonly O[] },
): ChoiceField<O> => ({ kind: 'choice', ...f })
export const tuple = (f: Common<readonly number[]> & Limits): TupleField => ({
  kind: 'tuple',
  length: f.default.length,
  min: 1,
  max: MAX_SIZE,
  ...f,
})
export const padding = (f: Common<Padding> & { readonly axes: number }): PaddingField => ({ kind: 'padding', ...f })
export const shape = (f: Common<readonly number[]> & { readonly infer?: boolean }): ShapeField => ({
  kind: 'shape',
  ...f,
})
export const list = (f: Common<readonly number[]> & Limits & { readonly fractions?: boolean }): ListField => ({
  kind: 'list',
  min: 0,
  max: MAX_SIZE,
  ...f,
})
export const text = (f: Common<string>): TextField => ({ kind: 'text', ...f })

export function defaultsOf<F extends Fields>(fields: F): ParamsOf<F> {
  const params: Record<string, FieldValue> = {}
  for (const [name, field] of Object.entries(fields)) params[name] = field.default
  return params as ParamsOf<F>
}

const isNumberList = (v: unknown): v is readonly number[] => Array.isArray(v) && v.every((x) => typeof x === 'number')

/** Is the value of the kind that the field wants? Limits are not looked at: a network with a kernel of 0 can be opened. */
export function hasKind(field: Field, value: unknown): value is FieldValue {
  switch (field.kind) {
    case 'int':
    case 'float':
      return typeof value === 'number'
    case 'bool':
      return typeof value === 'boolean'
    case 'choice':
    case 'text':
      return typeof value === 'string'
    case 'padding':
      return typeof value === 'string' || isNumberList(value)
    case 'tuple':
    case 'shape':
    case 'list':
      return isNumberList(value)
  }
}

/** Reads parameters from outside: unknown names and wrong kinds are refused with their path, absent ones take the default. */
export function parseParams<F extends Fields>(
  fields: F,
  raw: unknown,
): Result<ParamsOf<F>, { path: string; reason: string }> {
  if (raw === undefined) return ok(defaultsOf(fields))
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return err({ path: '', reason: phrase('noParams', {}) })
  const params: Record<string, FieldValue> = { ...defaultsOf(fields) }
  for (const [name, value] of Object.entries(raw)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field) return err({ path: name, reason: phrase('unknownParam', { known: Object.keys(fields).join(', ') }) })
    if (!hasKind(field, value))
      return err({ path: name, reason: phrase('otherKind', { kind: field.kind, got: show(value) }) })
    params[name] = value
  }
  return ok(params as ParamsOf<F>)
}

/** Lists and objects are named, not written out: they may be nested beyond any end. */
const show = (v: unknown): string => {
  if (Array.isArray(v) && !isNumberList(v)) return 'a list'
  if (typeof v === 'object' && v !== null && !Array.isArray(v)) return 'an object'
  const text = JSON.stringify(v) ?? String(v)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function checkInt(name: string, v: number, min: number, max: number): Draft | null {
  if (!Number.isInteger(v)) return draft('notAnInteger', { field: name, value: String(v) }, name)
  if (v < min || v > max) return draft('outOfRange', { field: name, value: String(v), min, max }, name)
  return null
}

const checkInts = (name: string, vs: readonly number[], min: number, max: number): Draft | null => {
  for (const v of vs) {
    const problem = checkInt(name, v, min, max)
    if (problem) return problem
  }
  return null
}

/** Is the value within the field's limits? Returns what to say, or null. */
export function checkField(name: string, field: Field, value: FieldValue | undefined): Draft | null {
  if (!hasKind(field, value)) return draft('wrongKind', { field: name, kind: field.kind, value: show(value) }, name)
  switch (field.kind) {
    case 'int':
      return checkInt(name, value as number, field.min, field.max)
    case 'float': {
      const v = value as number
      const outside = field.open ? v <= field.min || v >= field.max : v < field.min || v > field.max
      return Number.isFinite(v) && !outside
        ? null
        : draft(
            field.open ? 'outsideOpenRange' : 'outOfRange',
            { field: name, value: String(v), min: field.min, max: field.max },
            name,
          )
    }
    case 'choice':
      return field.options.includes(value as string)
        ? null
        : draft('notAChoice', { field: name, value: show(value), options: field.options.join(', ') }, name)
    case 'tuple': {
      const v = value as readonly number[]
      if (v.length !== field.length)
        return draft('wrongLength', { field: name, expected: field.length, received: v.length }, name)
      return checkInts(name, v, field.min, field.max)
    }
    case 'padding': {
      if (value === 'same' || value === 'valid') return null
      if (typeof value === 'string')
        return draft('notAChoice', { field: name, value: show(value), options: 'same, valid, or explicit sizes' }, name)
      const v = value as readonly number[]
      if (v.length !== field.axes * 2)
        return draft('wrongLength', { field: name, expected: field.axes * 2, received: v.length }, name)
      return checkInts(name, v, 0, MAX_SIZE)
    }
    case 'shape': {
      const v = value as readonly number[]
      if (v.length === 0) return draft('emptyShape', { field: name }, name)
      if (v.length > MAX_AXES) return draft('tooManyAxes', { field: name, max: MAX_AXES, received: v.length }, name)
      const sizes = field.infer ? v.filter((x) => x !== -1) : v
      if (v.length - sizes.length > 1) return draft('twoInferred', { field: name }, name)
      return checkInts(name, sizes, 1, MAX_SIZE)
    }
    case 'list': {
      const v = value as readonly number[]
      if (!field.fractions) return checkInts(name, v, field.min, field.max)
      const wrong = v.find((x) => !(x >= field.min && x <= field.max))
      return wrong === undefined
        ? null
        : draft('outOfRange', { field: name, value: String(wrong), min: field.min, max: field.max }, name)
    }
    case 'bool':
    case 'text':
      return null
  }
}
