import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeOnnx } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import { defaultsOf, type Params } from '#shared/fields'
import { createRandom } from '#shared/training/random'
import { type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { compile, dispose } from '../../../electron/trainer/compile'
import { wasm } from '../../../electron/trainer/engines/wasm/wasm'
import { initialize } from '../../../electron/trainer/initialize'
import { pythonWith } from '../python'

const python = pythonWith('onnx')
const skipped = python ? '' : ' (skipped: no Python here can import onnx; name one in NETLOOM_PYTHON)'

/** One of each family, small. */
const networks: readonly (readonly [TemplateName, Params])[] = [
  ['mlp', {}],
  ['lenet5', {}],
  ['googlenet', { aux: true }],
  ['inceptionV3', { input: [96, 96, 3] }],
  ['resnet18', { input: [32, 32, 3] }],
  ['mobilenetV1', { alpha: 0.25, input: [64, 64, 3] }],
  ['mobilenetV2', { alpha: 0.35, input: [64, 64, 3] }],
]

describe('whole networks', () => {
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'netloom-onnx-'))
    const loaded = await wasm.load()
    if (!loaded.ok) throw new Error(loaded.error.message)
    return () => rmSync(folder, { recursive: true })
  })

  test.each(networks)('%s: ONNX Runtime says what tfjs says', async (name, set) => {
    const template = templates[name]
    const graph = drawTemplate(template, { ...defaultsOf(template.fields), ...set })
    const compiled = compile(graph)
    if (!compiled.ok) throw new Error(compiled.error.message)
    const { model, weights, inputs } = compiled.value
    initialize(weights, 1)
    const [{ shape = [] } = {}] = inputs
    const random = createRandom(2)
    const x = Float32Array.from({ length: 2 * shape.reduce((a, b) => a * b, 1) }, () => random.uniform(0, 1))
    const want = tf.tidy(() =>
      [model.apply(tf.tensor(x, [2, ...shape]), { training: false })].flat().map((y) => (y as tf.Tensor).dataSync()),
    )
    const arrays = new Map(weights.map((w) => [w.name, { values: w.variable.dataSync() as Float32Array }]))
    const network = onnxNetwork(graph)
    const bytes = encodeOnnx(network, arrays, { name, version: '0', properties: {} })
    dispose(compiled.value)
    writeFileSync(join(folder, `${name}.onnx`), bytes)
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 })
    const got = await session.run({ [network.inputs[0]?.name ?? '']: new Tensor('float32', x, [2, ...shape]) })
    await session.release()
    network.outputs.forEach((output, i) => {
      const values = got[output.name]?.data as Float32Array
      const worst = (want[i] as Float32Array).reduce(
        (max, v, at) => Math.max(max, Math.abs(v - (values[at] ?? Number.NaN))),
        0,
      )
      expect(worst).toBeLessThan(1e-5)
    })
  })

  test.skipIf(!python)(`onnx.checker accepts them, with the shapes of every tensor${skipped}`, () => {
    const script =
      'import glob, onnx, sys; [onnx.checker.check_model(f, full_check=True) for f in glob.glob(sys.argv[1])]'
    execFileSync(python ?? '', ['-c', script, join(folder, '*.onnx')], { stdio: 'pipe' })
  })
})
