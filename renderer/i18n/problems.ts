import i18next from 'i18next'
import type { FieldValue } from '#shared/fields'
import { layers, layerTypes } from '#shared/layers/index'
import { fill, type Problem } from '#shared/problems'
import { fieldLabel, layerLabel } from './names'
import { phrases, problems } from './zh-CN/problems'

/** What a problem says, in the language of the interface. English comes with the problem. Follows the language: `useLanguage`. */
export function problemText(problem: Problem): string {
  const text = i18next.language === 'zh-CN' ? problems[problem.code] : undefined
  if (text === undefined) return problem.message
  const values = Object.entries(problem.values).map(([name, value]) => [name, translateValue(name, value)])
  return fill(text, Object.fromEntries(values))
}

function translateValue(name: string, value: string | number): string | number {
  if (typeof value === 'number') return value
  if (name === 'field') return fieldLabel(value)
  if (name === 'layer') {
    const type = layerTypes.find((t) => layers[t].label === value)
    return type ? layerLabel(type) : value
  }
  return phrases[value] ?? value.replace(/^Insert a Reshape to (.+) before it\.$/, '请在它前面插入“变形”，目标 $1。')
}

/** What the button of a fix says. */
export function fixText({ label, edits }: NonNullable<Problem['fix']>): string {
  const [edit] = edits
  if (edit?.type === 'setParams') {
    const each = Object.entries(edit.params).map(([name, v]) =>
      i18next.t('app.fixes.setParams', { field: fieldLabel(name).toLowerCase(), value: showValue(v) }),
    )
    return each.join(', ')
  }
  if (edit?.type === 'insert' && edit.node.type !== 'unknown')
    return i18next.t('app.fixes.insertLayer', { layer: layerLabel(edit.node.type) })
  if (edit?.type === 'disconnect') return i18next.t('app.fixes.removeWire')
  return label
}

const showValue = (v: FieldValue): string => (typeof v === 'object' ? v.join('×') : String(v))
