import { expect, test } from 'vitest'
import { errorLine, runApart } from '../../../../electron/trainer/engines/apart'

const explain = (reason: string) => `It failed: ${reason}.`

test('a script says what it found; what ends its process is a reason', () => {
  expect(runApart('process.stdout.write(String(6 * 7))', explain)).toEqual({ ok: true, value: '42' })
  const thrown = runApart("throw new Error('No driver.')", explain)
  expect(thrown).toEqual({ ok: false, error: 'It failed: Error: No driver.' })
  const crashed = runApart("process.kill(process.pid, 'SIGSEGV')", explain)
  expect(crashed).toEqual({ ok: false, error: 'It failed: the process was ended by SIGSEGV.' })
})

test('of a log only the message is quoted', () => {
  const said =
    '\u001b[1;31m2026-01-01 [E:onnxruntime:, x.cc:1 Create] x.cc:2 Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load library a.so\n\u001b[m'
  expect(errorLine(said)).toBe('Failed to load library a.so')
})
