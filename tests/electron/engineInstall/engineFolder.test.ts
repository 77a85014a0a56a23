import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installedTensorflow } from '../../../electron/engineInstall/engineFolder'
import { makeStaging, placeEngine, removeTensorflow } from '../../../electron/engineInstall/place'
import { tensorflow } from '../../../electron/trainer/engines/tensorflow/tensorflow'
import { putEngineFiles } from './engineFiles'
import { place } from './fixture'

const p = place()
const engine = (...names: string[]) => join(p.engines, 'tensorflow', ...names)
const addon = ['node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node']

const putEngine = () => putEngineFiles(p.engines)

test('an engine is whole with its manifest, its addon and the libraries that it was built for', async () => {
  expect(installedTensorflow()).toEqual({ kind: 'absent' })
  putEngine()
  expect(installedTensorflow()).toMatchObject({ kind: 'whole', manifest: { tensorflow: '2.21.0' } })
  expect(await tensorflow.probe()).toMatchObject({ version: '2.21.0', device: 'CPU', available: true, installed: true })
})

test.each([
  [
    'the manifest',
    () => rmSync(engine('engine.json')),
    /engine\.json is missing or damaged\. Install the engine again/,
  ],
  [
    'a sound manifest',
    () => p.put(engine('engine.json'), '{"package":"left-pad"}'),
    /engine\.json is missing or damaged/,
  ],
  ['the addon', () => rmSync(engine(...addon)), /tfjs_binding\.node is missing or damaged/],
  [
    'its TensorFlow',
    () => rmSync(join(p.engines, 'tf'), { recursive: true }),
    /libtensorflow_cc\.so\.2 of TensorFlow is not there/,
  ],
] as const)('without %s it is listed as broken, with the reason, and can be removed', async (_what, spoil, reason) => {
  putEngine()
  spoil()
  const info = await tensorflow.probe()
  expect(info).toMatchObject({ available: false, installed: true, reason: expect.stringMatching(reason) })
  expect(await tensorflow.load()).toMatchObject({ ok: false, error: { code: 'unavailable' } })
  expect(await removeTensorflow()).toEqual({ ok: true, value: null })
  expect(readdirSync(p.engines)).not.toContain('tensorflow')
})

test('one that is whole but does not load says why', async () => {
  putEngine()
  p.put(engine('node_modules', '@tensorflow', 'tfjs-node', 'package.json'), '{"main":"index.js"}')
  p.put(engine('node_modules', '@tensorflow', 'tfjs-node', 'index.js'), 'throw new Error("no such processor")')
  const loaded = await tensorflow.load()
  expect(loaded).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/tfjs-node is there but does not load: no such processor\. Install/) },
  })
})

test('a prepared engine takes the place of the one before, and that stays where the new one cannot', async () => {
  putEngine()
  const staging = await makeStaging()
  await expect(placeEngine(staging)).rejects.toThrow()
  expect(installedTensorflow().kind).toBe('whole')
  p.put(join(staging, 'tensorflow', 'engine.json'), '{}')
  await placeEngine(staging)
  expect(readdirSync(engine())).toEqual(['engine.json'])
})

test('what a killed installation left goes with the next one', async () => {
  // No process has this id: they end below 2^22.
  const left = p.put(join(p.engines, '.staging-9999999-abcdef', 'tensorflow', 'package.json'))
  const other = p.put(join(p.engines, `.staging-${process.pid}-abcdef`, 'tensorflow', 'package.json'))
  await makeStaging()
  expect([existsSync(left), existsSync(other)]).toEqual([false, true])
})

test('an engine that a killed installation had moved aside is there again at the next look', async () => {
  putEngine()
  const staging = join(p.engines, '.staging-9999999-abcdef')
  mkdirSync(join(staging, 'tensorflow'), { recursive: true })
  renameSync(engine(), join(staging, 'replaced'))
  expect(installedTensorflow().kind).toBe('whole')
  // Nor does an installation that comes first lose it.
  renameSync(engine(), join(staging, 'replaced'))
  await makeStaging()
  expect(existsSync(engine('engine.json'))).toBe(true)
  expect(existsSync(staging)).toBe(false)
})

test('an engine that was being removed does not come back', () => {
  p.put(join(p.engines, '.staging-9999999-abcdef', 'removed', 'engine.json'))
  expect(installedTensorflow().kind).toBe('absent')
})

test('there is nothing to remove where nothing is installed', async () => {
  expect(await removeTensorflow()).toMatchObject({
    ok: false,
    error: { message: `The engine tensorflow is not installed in ${p.engines}. There is nothing to remove.` },
  })
})
