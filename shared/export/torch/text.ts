import type { Arg, Child, Literal, Module } from './graph'

/** Lines are broken where they would be longer. */
export const WIDTH = 100

export function literalText(value: Literal): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return `(${value.join(', ')}${value.length === 1 ? ',' : ''})`
}

export const sameLiteral = (a: Literal | undefined, b: Literal | undefined): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && a.join() === b.join())

const argText = ({ name, value, positional }: Arg): string =>
  positional ? literalText(value) : `${name}=${literalText(value)}`

/** What stands in the parentheses, defaults left out. */
const argTexts = (args: readonly Arg[]): readonly string[] =>
  args.filter((a) => !sameLiteral(a.value, a.default)).map(argText)

/** A call on one line, or, where it is too long, with its arguments on lines of their own. `used`: what stands before it. */
export function callText(name: string, parts: readonly string[], indent: string, used: number): string {
  const line = `${name}(${parts.join(', ')})`
  if (used + line.length <= WIDTH && !line.includes('\n')) return line
  const inner = `${indent}    `
  const joined = parts.join(', ')
  if (inner.length + joined.length <= WIDTH && !joined.includes('\n')) return `${name}(\n${inner}${joined}\n${indent})`
  return `${name}(\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent})`
}

/** The call that makes a module. */
export function moduleText(module: Module, indent = '', used = 0): string {
  const { args, children, type, wraps = [] } = module
  if (children) return sequentialText(type, children, indent)
  const outermost = wraps.at(-1)
  if (outermost === undefined) return callText(type, argTexts(args), indent, used)
  const line = wraps.reduce((text, wrap) => `${wrap}(${text})`, callText(type, argTexts(args), '', 0))
  if (used + line.length <= WIDTH && !line.includes('\n')) return line
  const inner = `${indent}    `
  const inside = moduleText({ ...module, wraps: wraps.slice(0, -1) }, inner, inner.length)
  return `${outermost}(\n${inner}${inside}\n${indent})`
}

/** One module on a line. */
export function sequentialText(type: string, children: readonly Child[], indent: string): string {
  const inner = `${indent}    `
  const lines = children.map((child) =>
    typeof child === 'string' ? child : moduleText(child, inner, inner.length + 1),
  )
  return `${type}(\n${lines.map((line) => `${inner}${line},\n`).join('')}${indent})`
}
