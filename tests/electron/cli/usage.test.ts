import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../../bin/prepare.mjs'
import { netloom } from './netloom'

test.each([
  [['frobnicate'], 'unknown command'],
  [['train'], 'missing required argument'],
  [['train', 'lenet5'], '--data'],
  [['train', 'absent.netloom', '--data', 'digits'], 'There is no file and no template'],
  [['train', 'lenet5', '--data', 'digits', '--epochs', '0'], 'epochs must lie between 1 and'],
  [['train', 'lenet5', '--data', 'digits', '--epochs', '1.5'], 'epochs must be a whole number'],
  [['train', 'lenet5', '--data', 'digits', '--patience', '-1'], 'patience must lie between 0 and'],
  [['train', 'lenet5', '--data', 'digits', '--learning-rate', 'fast'], 'learningRate must be a number'],
  [['train', 'lenet5', '--data', 'digits', '--class-weight-values', '1,much'], "numbers like '128,64'"],
  [['train', 'lenet5', '--data', 'digits', '--freeze', 'nothing*'], "No layer with weights is called 'nothing*'"],
  [['train', 'lenet5', '--data', 'digits', '--optimizer', 'magic'], 'Allowed choices are adam, sgd'],
  [['train', 'lenet5', '--data', 'digits', '--engine', 'gpu'], 'Allowed choices are auto'],
  [['export', 'run'], 'required option'],
  [['evaluate'], 'missing required argument'],
  [['evaluate', 'run', '--test', '--data', 'digits'], 'cannot be used with'],
  [['predict', 'run'], 'missing required argument'],
  [['resume'], 'missing required argument'],
  [['serve', '--port', 'http'], 'A port is a number'],
  [['engines', 'extra'], 'too many arguments'],
])('%j is wrong usage', async (args, reason) => {
  const { code, stdout, stderr } = await netloom(args)
  expect(stderr).toContain(reason)
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('help and version are no mistakes', async () => {
  const help = await netloom(['--help'])
  expect(help.code).toBe(0)
  for (const command of [
    'app',
    'serve',
    'templates',
    'new',
    'inspect',
    'data',
    'train',
    'resume',
    'runs',
    'evaluate',
    'predict',
    'export',
    'engines',
  ])
    expect(help.stdout).toContain(`  ${command} `)
  expect((await netloom(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a folder of runs that cannot be is told in a sentence', async () => {
  const { code, stderr } = await netloom(['train', 'lenet5', '--data', 'digits', '-o', 'package.json'])
  expect(stderr).toMatch(/package\.json cannot be written: a file stands where a folder should be\./)
  expect(stderr).not.toMatch(/^ +at /m)
  expect(code).toBe(1)
})

// `ulimit` stands for a disk that fills up in the middle of the file.
test.skipIf(process.platform === 'win32')('of a project that cannot be written whole nothing is left', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-new-'))
  const path = join(folder, 'net.netloom')
  const command = [process.execPath, join(root, 'dist', 'electron', 'cli.js'), 'new', 'resnet152', '-o', path]
  const ran = spawnSync('sh', ['-c', 'ulimit -f 16; exec "$@"', 'sh', ...command], { encoding: 'utf8' })
  const left = existsSync(path)
  rmSync(folder, { recursive: true })
  expect(ran.stderr).toContain('cannot be written')
  expect(ran.status).toBe(1)
  expect(left).toBe(false)
})
