import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, onTestFinished, test } from 'vitest'
import { exportRun } from '../../../electron/trainer/export'
import { runTraining } from '../../../electron/trainer/train'
import { project, tinyCnn } from '../trainer/networks'

test('a trained run as an ONNX file says what the run says, for any batch size, with labels and preprocessing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-onnx-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const run = await runTraining(
    {
      project: project(tinyCnn([28, 28, 1], 10), 'digits', { epochs: 1 }),
      engine: 'wasm',
      folder: join(folder, 'run'),
      id: 'run',
    },
    () => {},
    new AbortController().signal,
  )
  if (!run.ok) throw new Error(run.error.message)
  const report = await exportRun(join(folder, 'run'), 'onnx', join(folder, 'out'), '')
  if (!report.ok) throw new Error(report.error.message)
  expect(report.value.maxDifference).toBeLessThan(1e-5)
  expect(report.value.files).toEqual(['model.onnx', 'netloom.json'])
  const about = JSON.parse(await readFile(join(folder, 'out', 'netloom.json'), 'utf8'))
  expect(about.labels).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  const session = await InferenceSession.create(join(folder, 'out', 'model.onnx'))
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]]
  for (const batch of [1, 3]) {
    const x = new Tensor('float32', new Float32Array(batch * 784), [batch, 28, 28, 1])
    const y = (await session.run({ [input]: x }))[output]
    expect(y?.dims).toEqual([batch, 10])
    const total = Array.from((y?.data ?? []) as Float32Array).reduce((a, b) => a + b, 0)
    expect(total).toBeCloseTo(batch, 5)
  }
})
