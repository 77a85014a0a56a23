import { expect, test } from 'vitest'
import { actionIds, actions, sections } from '../../renderer/actions'
import { matches, showKeys } from '../../renderer/actions/keys'
import { en } from '../../renderer/i18n/en'

test('every command has a label, and every label a command', () => {
  expect(Object.keys(en.app.actions).sort()).toEqual([...actionIds].sort())
})

test('no two commands have the same keys', () => {
  const keys = actionIds.flatMap((id) => actions[id].keys ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

test('every command stands in one section of the menu', () => {
  expect(Object.values(sections).flat().sort()).toEqual([...actionIds].sort())
})

const press = (key: string, mods: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...mods,
})

test('keys match what is pressed', () => {
  expect(matches('mod+z', press('z', { ctrlKey: true }))).toBe(true)
  expect(matches('mod+z', press('z', { metaKey: true }))).toBe(true)
  expect(matches('mod+z', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(false)
  expect(matches('mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(true)
  expect(matches('g', press('g', { ctrlKey: true }))).toBe(false)
  // However a keyboard types the question mark.
  expect(matches('?', press('?', { shiftKey: true }))).toBe(true)
  expect(matches('/', press('/', { shiftKey: true }))).toBe(true)
})

test('keys are written as people know them', () => {
  expect(showKeys('mod+shift+z', false)).toBe('Ctrl+Shift+Z')
  expect(showKeys('mod+shift+z', true)).toBe('⇧⌘Z')
  expect(showKeys('delete', false)).toBe('Del')
})
