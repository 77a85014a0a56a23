import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isAlive, isStillAlive, ownProcess, startOf } from '../../electron/processes'

test('a process is told by its number and its start', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  const start = startOf(pid)
  if (process.platform === 'linux') expect(Number(start)).toBeGreaterThan(Number(startOf(process.pid)))
  expect(startOf(pid)).toBe(start)
  const named = { pid, ...(start !== null && { processStart: start }) }
  expect(isStillAlive(named)).toBe(true)
  expect(isStillAlive(ownProcess())).toBe(true)
  expect(isStillAlive({ ...named, processStart: 'another' })).toBe(start === null)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(pid)).toBe(false)
  expect(startOf(pid)).toBeNull()
  expect(isStillAlive(named)).toBe(false)
})
