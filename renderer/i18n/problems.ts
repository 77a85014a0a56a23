import i18next from 'i18next'
import type { FieldValue } from '#shared/fields'
import { layers, layerTypes } from '#shared/layers/index'
import { type Code, type Fix, fill, type Problem, texts } from '#shared/problems'
import { unfill } from '#shared/training/failures'
import { losses, lossTypes } from '#shared/training/losses'
import { choiceLabel, fieldLabel, layerLabel, nodeName } from './names'
import { translatedPhrase } from './phrases'
import { phrases, problems } from './zh-CN/problems'

/** What a problem says, in the language of the interface. English comes with the problem. Follows the language: `useLanguage`. */
export function problemText(problem: Problem): string {
  const text = i18next.language === 'zh-CN' ? problems[problem.code] : undefined
  if (text === undefined) return problem.message
  const values = Object.entries(problem.values).map(([name, value]) => [name, translateValue(name, value)])
  return fill(text, Object.fromEntries(values))
}

/** The problem that a message tells of, in the language of the interface; null where it tells of none. */
export function readProblem(message: string): string | null {
  for (const code of Object.keys(texts) as Code[]) {
    const [severity, text] = texts[code]
    const values = unfill(text, message)
    if (values) return problemText({ code, severity, nodeId: '', values, message })
  }
  return null
}

/** A line for each problem, with the name of its layer before it, as a refused network lists them. */
export const listedProblems = (text: string): string => text.split('\n').map(listedProblem).join('\n')

function listedProblem(line: string): string {
  const known = readProblem(line) ?? translatedPhrase(line)
  if (known !== null) return known
  // A name may hold colons itself.
  for (let at = line.indexOf(': '); at >= 0; at = line.indexOf(': ', at + 1)) {
    const problem = readProblem(line.slice(at + 2))
    if (problem !== null) return `${layerNamed(line.slice(0, at))}：${problem}`
  }
  return line
}

/** A layer that has the name of its kind is called so in the language of the interface. */
function layerNamed(name: string): string {
  const type = layerTypes.find((t) => layers[t].label === name)
  return type ? layerLabel(type) : name
}

function translateValue(name: string, value: string | number): string | number {
  if (typeof value === 'number') return value
  if (name === 'field') return fieldLabel(value)
  if (name === 'layer') return layerNamed(value)
  if (name === 'loss') {
    const type = lossTypes.find((t) => losses[t].label === value)
    return type ? choiceLabel('training', type) : value
  }
  if (name === 'fields')
    return value
      .split(', ')
      .map((field) => fieldLabel(field))
      .join('、')
  return phrases[value] ?? value.replace(/^Insert a Reshape to (.+) before it\.$/, '请在它前面插入“变形”，目标 $1。')
}

/** What the button of a fix says. */
export function fixText({ label, edits, training }: Fix): string {
  const [edit] = edits
  if (training) return setText(training)
  switch (edit?.type) {
    case 'setParams':
      return setText(edit.params)
    case 'insert':
    case 'add': {
      const node = edit.type === 'insert' ? edit.node : edit.nodes[0]
      return node && node.type !== 'unknown' ? i18next.t('app.fixes.insertLayer', { layer: nodeName(node) }) : label
    }
    case 'disconnect':
      return i18next.t('app.fixes.removeWire')
    case 'remove':
      return i18next.t('app.fixes.removeSoftmax')
    case 'share':
      return i18next.t(edit.with === null ? 'app.fixes.ownWeights' : 'app.fixes.sharedWeights')
    default:
      return label
  }
}

/** `Set units to 10`. */
const setText = (values: Readonly<Record<string, FieldValue>>): string =>
  Object.entries(values)
    .map(([name, v]) =>
      i18next.t('app.fixes.setParams', { field: fieldLabel(name).toLowerCase(), value: showValue(name, v) }),
    )
    .join(', ')

function showValue(name: string, v: FieldValue): string {
  if (typeof v === 'object') return v.join('×')
  return choiceLabel(name === 'loss' ? 'training' : '', String(v))
}
