import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createHost } from '../../../electron/host/host'
import { writeAtomicSync } from '../../../electron/writeAtomic'
import { recordingTrainer } from './fixture'

const ref = 'workspace:Net.netloom'
const quietly = { stdio: 'ignore' } as const
const isRoot = process.getuid?.() === 0

/** Runs with a workspace on a disk of 64 kB of its own; false where the system does not let us make one. */
async function onSmallDisk(use: (disk: string) => Promise<void>): Promise<boolean> {
  const disk = await mkdtemp(join(tmpdir(), 'netloom-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], quietly)
  } catch {
    await rm(disk, { recursive: true })
    return false
  }
  try {
    await use(disk)
  } finally {
    execFileSync('umount', [disk])
    await rm(disk, { recursive: true })
  }
  return true
}

async function hostWith(workspace: string) {
  const { handlers } = createHost({ workspace, trainer: recordingTrainer().trainer })
  expect(await handlers['file.saveAs']({ name: 'Net', text: 'first' })).toMatchObject({ ok: true, value: { ref } })
  return handlers
}

test('a full disk: a message, the earlier file unchanged, nothing half written', async ({ skip }) => {
  const done = await onSmallDisk(async (disk) => {
    const handlers = await hostWith(disk)
    const result = await handlers['file.save']({ ref, text: 'x'.repeat(1_000_000) })
    expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining('the disk is full') } })
    expect(await readFile(join(disk, 'Net.netloom'), 'utf8')).toBe('first')
    expect(await readdir(disk)).toEqual(['Net.netloom'])
  })
  if (!done) skip('a small disk can only be mounted by root')
})

test('a checkpoint that no longer fits leaves the one before it whole', async ({ skip }) => {
  const done = await onSmallDisk(async (disk) => {
    const path = join(disk, 'last.safetensors')
    writeAtomicSync(path, Buffer.alloc(10_000, 1))
    expect(() => writeAtomicSync(path, Buffer.alloc(100_000, 2))).toThrow('ENOSPC')
    expect(await readFile(path)).toEqual(Buffer.alloc(10_000, 1))
    expect(await readdir(disk)).toEqual(['last.safetensors'])
  })
  if (!done) skip('a small disk can only be mounted by root')
})

test('a disk that may only be read: a message, and the earlier file unchanged', async ({ skip }) => {
  const check = async (folder: string, protect: () => void | Promise<void>) => {
    const handlers = await hostWith(folder)
    await protect()
    const refused = { ok: false, error: { code: 'notAllowed', message: expect.stringContaining('no permission') } }
    expect(await handlers['file.save']({ ref, text: 'second' })).toMatchObject(refused)
    expect(await handlers['file.read']({ ref })).toMatchObject({ value: { text: 'first' } })
  }
  if (isRoot) {
    const remount = (disk: string) => execFileSync('mount', ['-o', 'remount,ro', disk], quietly)
    const done = await onSmallDisk((disk) => check(disk, () => void remount(disk)))
    if (!done) skip('root may write everywhere, and no disk can be mounted here')
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'netloom-disk-'))
  await check(folder, () => chmod(folder, 0o555))
  await chmod(folder, 0o755)
  await rm(folder, { recursive: true })
})
