import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { defaultTraining } from '#shared/training/config'
import { operatorSources, operatorsVersion } from '../../../electron/engineInstall/operatorSources'
import { keyOf } from '../../../electron/trainer/choice/remembered'
import { tensorflow } from '../../../electron/trainer/engines/tensorflow/tensorflow'
import { putEngineFiles } from './engineFiles'
import { place } from './fixture'

const p = place()
const [current, earlier] = [{ operators: operatorsVersion }, { operators: '0123456789abcdef' }]
const compiled = ['operators/lstm.cc', 'operators/operators.node']
const failed = ['operators/lstm.cc']

test('the sources of the operators are those of their folder, and their version is theirs', () => {
  const folder = join(import.meta.dirname, '../../../electron/trainer/engines/tensorflow/operators')
  const there = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])
  expect(operatorSources).toEqual(Object.fromEntries(there))
  expect(operatorsVersion).toMatch(/^[\da-f]{16}$/)
})

test.each([
  ['compiled with the current operators', current, compiled, false],
  ['compiled with others', earlier, compiled, true],
  ['compiled before their version was noted', {}, compiled, true],
  ['compiled before there were any', {}, [], true],
  ['whose current operators could not be compiled', current, failed, false],
  ['whose operators could not be compiled by another version', earlier, failed, false],
  ['whose operators could not be compiled before their version was noted', {}, failed, false],
  ['of the published build', { libraries: [] }, [], false],
  ['on a GPU, which does not use them', { ...earlier, device: 'GPU' }, compiled, false],
])('an engine %s', async (_which, manifest, files, outdated) => {
  putEngineFiles(p.engines, manifest, files)
  const info = await tensorflow.probe()
  expect(info).toMatchObject({ available: true, installed: true })
  expect(info.outdated ?? false).toBe(outdated)
})

test('one that is broken is not called outdated: its reason says to install it again', async () => {
  putEngineFiles(p.engines, { ...earlier, libraries: ['/gone/libtensorflow_cc.so.2'] }, compiled)
  expect(await tensorflow.probe()).toMatchObject({ available: false, reason: expect.stringContaining('Install') })
  expect((await tensorflow.probe()).outdated).toBeUndefined()
})

test('what was measured before an update does not hold after it', async () => {
  const project = { name: 'Empty', graph: new Builder().build(), training: defaultTraining, data: 'digits' }
  const key = async (manifest: object) => {
    putEngineFiles(p.engines, manifest, compiled)
    return keyOf(project, [await tensorflow.probe()])
  }
  expect(await key(earlier)).not.toEqual(await key(current))
  expect(await key(current)).toEqual(await key(current))
})
