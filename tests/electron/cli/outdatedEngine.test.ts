import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { operatorsVersion } from '../../../electron/engineInstall/operatorSources'
import { putEngineFiles } from '../engineInstall/engineFiles'
import { netloom } from './netloom'

const engines = mkdtempSync(join(tmpdir(), 'netloom-outdated-'))
afterAll(() => rmSync(engines, { recursive: true, force: true }))

const list = async (operators: string) => {
  putEngineFiles(engines, { operators }, ['operators/operators.node'])
  return (await netloom(['engines'], { env: { NETLOOM_ENGINES: engines } })).stdout
}

test('the list of engines says below it which one was installed by another version, and what brings it up to date', async () => {
  expect(await list('0123456789abcdef')).toMatch(
    /\n\nThe engine tensorflow was installed by another version of Netloom\. netloom engines install tensorflow brings current operators/,
  )
  const current = await list(operatorsVersion)
  expect(current).toMatch(/^tensorflow +2\.21\.0 +available on the CPU$/m)
  expect(current).not.toContain('another version')
})
