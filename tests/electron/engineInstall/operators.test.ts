import { existsSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { operatorsIn } from '../../../electron/engineInstall/engineFolder'
import { compileOperators } from '../../../electron/engineInstall/operators'
import { place } from './fixture'

const p = place()
const tensorflow = { home: '/tf', version: '2.21.0', include: '/tf/include', libraries: ['/tf/libtensorflow_cc.so.2'] }

test.each(['no-such-compiler', 'false'])(
  'an engine does without operators that %s does not compile',
  async (compiler) => {
    vi.stubEnv('CXX', compiler)
    const folder = p.path('tensorflow')
    expect(await compileOperators(folder, tensorflow, new AbortController().signal)).toEqual({ ok: true, value: null })
    expect(existsSync(operatorsIn(folder))).toBe(false)
  },
)

test('compiling them can be cancelled', async () => {
  const done = compileOperators(p.path('tensorflow'), tensorflow, AbortSignal.abort())
  expect(await done).toEqual({ ok: false, error: { code: 'cancelled' } })
})
