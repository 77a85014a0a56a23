import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../bin/prepare.mjs'

const folder = join(root, 'dist', 'renderer')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) =>
  statSync(join(folder, f)).isFile(),
)
const scripts = files.filter((f) => f.endsWith('.js')).map((f) => readFileSync(join(folder, f), 'utf8'))

test('the page holds nothing of the training process, of Electron or of Node', () => {
  expect(scripts.length).toBeGreaterThan(0)
  for (const script of scripts) {
    expect(script).not.toMatch(/@tensorflow\/tfjs/)
    expect(script).not.toMatch(/onnxruntime/)
    expect(script).not.toMatch(/from\s*["'](node:|electron["'])/)
    expect(script).not.toMatch(/(require|import)\(\s*["'](node:|electron["'])/)
  }
})

test('the page runs under its Content-Security-Policy: no inline script, nothing from elsewhere', () => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/)
  expect(html).not.toMatch(/\son\w+=/)
  expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
})

test('the page is built for people, whatever built it: without what React tells developers', () => {
  expect(scripts.filter((script) => script.includes('Download the React DevTools'))).toEqual([])
})
