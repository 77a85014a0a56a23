import { expect, test } from 'vitest'
import { errorLine, runApart } from '../../../../electron/trainer/engines/apart'

const explain = (reason: string) => `It failed: ${reason}.`

test('a script says what it found; what ends its process is a reason', async () => {
  expect(await runApart('process.stdout.write(String(6 * 7))', explain)).toEqual({ ok: true, value: '42' })
  const thrown = await runApart("throw new Error('No driver.')", explain)
  expect(thrown).toEqual({ ok: false, error: 'It failed: Error: No driver.' })
  const crashed = await runApart("process.kill(process.pid, 'SIGSEGV')", explain)
  expect(crashed).toEqual({ ok: false, error: 'It failed: the process was ended by SIGSEGV.' })
})

test('one that hangs is ended', async () => {
  expect(await runApart('while (true);', explain, 0.5)).toEqual({
    ok: false,
    error: 'It gave no answer within 0.5 s.',
  })
})

test('an answer that came while this process was busy counts, however long it was', async () => {
  const answer = runApart("process.stdout.write('42', () => process.exit())", explain, 1)
  // Much longer than it takes to answer, and than it is waited for.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000)
  expect(await answer).toEqual({ ok: true, value: '42' })
})

test('of a log only the message is quoted', () => {
  const said =
    '\u001b[1;31m2026-01-01 [E:onnxruntime:, x.cc:1 Create] x.cc:2 Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load library a.so\n\u001b[m'
  expect(errorLine(said)).toBe('Failed to load library a.so')
})
