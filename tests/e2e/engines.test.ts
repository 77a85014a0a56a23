import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { operatorsVersion } from '../../electron/engineInstall/operatorSources'
import { putEngineFiles } from '../electron/engineInstall/engineFiles'
import { type App, noBrowser, openApp } from './app'

let app: App
const folder = mkdtempSync(join(tmpdir(), 'netloom-engines-'))
beforeAll(async () => {
  vi.stubEnv('NETLOOM_ENGINES', folder)
  // A network that does not answer, as npm tells it.
  const programs = mkdtempSync(join(folder, '.bin-'))
  writeFileSync(join(programs, 'npm'), '#!/bin/sh\necho "npm error network no such host" >&2; exit 1\n')
  chmodSync(join(programs, 'npm'), 0o755)
  vi.stubEnv('PATH', `${programs}${delimiter}${process.env.PATH}`)
  if (noBrowser === null) app = await openApp()
})
afterAll(async () => {
  await app?.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test('an engine that another version installed is offered an update, and one of this version is not', async ({
  skip,
}) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  const row = page.locator('[data-engine=tensorflow]')
  const install = row.getByTestId('install')
  const outdated = row.getByTestId('engine-outdated')
  const look = async (operators: string) => {
    putEngineFiles(folder, { operators }, ['operators/operators.node'])
    await page.reload()
    await page.getByTestId('engine').click()
    await page.getByText('Engines…').click()
    await row.getByText('Version 2.21.0 · on the CPU').waitFor()
  }
  await look('0123456789abcdef')
  expect(await install.textContent()).toBe('Update')
  expect(await outdated.textContent()).toContain('Installed by another version of Netloom.')
  await app.picture('engine-outdated')
  await look(operatorsVersion)
  expect(await install.textContent()).toBe('Install again')
  expect(await outdated.count()).toBe(0)
  rmSync(join(folder, 'tensorflow'), { recursive: true })
  rmSync(join(folder, 'tf'), { recursive: true })
  await page.reload()
  expect(app.complaints).toEqual([])
})

test('engines are listed and tested; an installation that fails says why and leaves nothing', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  await page.getByTestId('engine').click()
  await page.getByText('Engines…').click()
  const row = (name: string) => page.locator(`[data-engine=${name}]`)
  await row('wasm').getByRole('button', { name: 'Test' }).click()
  await row('wasm').getByText('Computes a known training run rightly').waitFor({ timeout: 60_000 })

  expect(await row('tensorflow').getAttribute('data-available')).toBe('false')
  await row('tensorflow').getByTestId('install').click()
  const outcome = row('tensorflow').getByTestId('engine-outcome')
  await outcome.getByText('npm could not fetch @tensorflow/tfjs-node 4.22.0').waitFor({ timeout: 60_000 })
  expect(await outcome.textContent()).toContain('network no such host. Check the network and try again.')
  await app.picture('engines')
  expect(readdirSync(folder).filter((name) => !name.startsWith('.bin-'))).toEqual([])
  expect(app.complaints).toEqual([])
})
