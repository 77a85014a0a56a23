import { expect, test } from 'vitest'
import { blocks, blockTypes } from '#shared/blocks/index'
import type { Field, Fields } from '#shared/fields'
import { layers, layerTypes } from '#shared/layers/index'
import { type Code, texts } from '#shared/problems'
import { noteTexts } from '#shared/training/notes'
import { weightFields } from '#shared/training/weightSettings'
import { templateNames } from '#templates/index'
import { en } from '../../renderer/i18n/en'
import { humanize } from '../../renderer/i18n/names'
import { zhCN } from '../../renderer/i18n/zh-CN'
import { helps, labels } from '../../renderer/i18n/zh-CN/fields'
import { layers as zhLayers } from '../../renderer/i18n/zh-CN/layers'
import { notes } from '../../renderer/i18n/zh-CN/notes'
import { problems } from '../../renderer/i18n/zh-CN/problems'
import { templates as zhTemplates } from '../../renderer/i18n/zh-CN/templates'

type Table = { readonly [key: string]: string | Table }
const leaves = (table: Table, path = ''): [string, string][] =>
  Object.entries(table).flatMap(([key, v]) =>
    typeof v === 'string' ? [[path + key, v] as [string, string]] : leaves(v, `${path}${key}.`),
  )
const placeholders = (text: string): string[] => (text.match(/\{\{?\w+\}?\}/g) ?? []).sort()

test('both languages have the same texts with the same placeholders', () => {
  const english = new Map(leaves(en))
  const chinese = new Map(leaves(zhCN))
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  for (const [key, text] of english)
    expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)])
})

test('no text is empty, shouts or is left in English', () => {
  for (const [key, text] of [...leaves(en), ...leaves(zhCN)]) {
    expect([key, text.trim()]).not.toEqual([key, ''])
    expect([key, /[!！]/.test(text)]).toEqual([key, false])
  }
  const sentences = leaves(zhCN).filter(([, text]) => text.split(' ').length > 3 && !/[\u4e00-\u9fff]/.test(text))
  expect(sentences).toEqual([])
})

test('every problem can be said in Chinese, with the same placeholders', () => {
  const codes = Object.keys(texts) as Code[]
  expect(codes.filter((c) => !problems[c])).toEqual([])
  for (const code of codes)
    expect([code, placeholders(problems[code] ?? '')]).toEqual([code, placeholders(texts[code][1])])
})

test('every note on data can be said in Chinese, with the same placeholders', () => {
  expect(Object.keys(notes).sort()).toEqual(Object.keys(noteTexts).sort())
  for (const [code, text] of Object.entries(noteTexts))
    expect([code, placeholders(notes[code as keyof typeof notes])]).toEqual([code, placeholders(text)])
})

test('every layer, block and template has a Chinese name and description', () => {
  expect([...layerTypes, ...blockTypes].filter((t) => !zhLayers[t])).toEqual([])
  expect(templateNames.filter((t) => !zhTemplates[t])).toEqual([])
})

test('every field of a layer or block has a Chinese name and help', () => {
  const owners: [string, Fields][] = [
    ...layerTypes.map((t): [string, Fields] => [t, layers[t].fields]),
    ...blockTypes.map((t): [string, Fields] => [t, blocks[t].fields]),
    ['weights', weightFields],
  ]
  const fields = owners.flatMap(([t, fs]) => Object.entries(fs).map(([n, f]): [string, string, Field] => [t, n, f]))
  expect(fields.filter(([, name]) => !labels[name]).map(([type, name]) => `${type}.${name}`)).toEqual([])
  expect([...new Set(fields.map(([, , f]) => f.help).filter((h) => !helps[h]))]).toEqual([])
})

test('a field is named by the words of its parameter', () => {
  expect(humanize('kernelSize')).toBe('Kernel size')
  expect(humanize('useBias')).toBe('Use bias')
  expect(humanize('kernelL2')).toBe('Kernel L2')
})
