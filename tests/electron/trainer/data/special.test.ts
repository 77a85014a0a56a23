import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imageFault } from '../../../../electron/trainer/data/imageCheck'
import { openData } from '../../../../electron/trainer/data/open'

const windows = process.platform === 'win32'
let folder = ''
let pipe = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-special-'))
  pipe = join(folder, 'data_batch_1.bin')
  if (!windows) execFileSync('mkfifo', [pipe])
})
afterAll(() => rmSync(folder, { recursive: true }))

const kinds = ['csv', 'idx', 'npy', 'npz', 'cifar10', 'cifar100', 'images']
for (const kind of kinds)
  test(`${kind}: devices and pipes are refused, not waited for`, async ({ skip }) => {
    if (windows) skip('Windows has no devices and pipes among its files')
    for (const path of ['/dev/zero', pipe]) {
      const labels = kind === 'idx' || kind === 'npy' ? '?labels=labels' : ''
      const result = await openData(`${kind}:${path}${labels}`)
      const fault = kind === 'images' ? 'it is not a folder' : 'it is a device or a pipe, not a file'
      expect(result).toMatchObject({
        ok: false,
        error: { message: `The file ${path} is not usable: ${fault}. Check the path.` },
      })
    }
  })

test('a pipe in a folder of CIFAR or beside pictures is refused as well', async ({ skip }) => {
  if (windows) skip('Windows has no pipes among its files')
  expect(await openData(`cifar10:${folder}`)).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining(pipe) },
  })
  mkdirSync(join(folder, 'cats'))
  execFileSync('mkfifo', [join(folder, 'cats', 'a.png')])
  expect((await openData(`images:${folder}`)).ok).toBe(false)
  expect(await imageFault(join(folder, 'cats', 'a.png'))).toBe('it is a device or a pipe, not a file')
})
