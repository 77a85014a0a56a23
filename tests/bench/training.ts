import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { defaultTraining } from '#shared/training/config'
import { compile } from '../../electron/trainer/compile'
import { cpu } from '../../electron/trainer/engines/cpu/cpu'
import type { Engine } from '../../electron/trainer/engines/engine'
import { onnx } from '../../electron/trainer/engines/onnx/onnx'
import { tensorflow } from '../../electron/trainer/engines/tensorflow/tensorflow'
import { wasm } from '../../electron/trainer/engines/wasm/wasm'
import { Model } from '../../electron/trainer/model'
import { pythonWith } from '../electron/python'
import { type NetName, nets } from './nets'

const BATCH = 64
const ROUNDS = 3
/** Steps of a round: enough for a second or two. */
const steps: Readonly<Record<NetName, number>> = { LeNet: 40, 'small VGG': 3, 'small VGG + batch norm': 2 }
/** The reference engine takes minutes for a batch of 64. */
const CPU_BATCH: Readonly<Record<NetName, number>> = { LeNet: 16, 'small VGG': 2, 'small VGG + batch norm': 2 }

const median = (xs: number[]): number => xs.sort((a, b) => a - b)[Math.floor(xs.length / 2)] ?? Number.NaN

/** Images per second of forward, backward and SGD with momentum, on random data. */
async function speed(engine: Engine, net: NetName, batch: number, count: number): Promise<number> {
  const loaded = await engine.load()
  const compiled = compile(nets[net]())
  if (!loaded.ok || !compiled.ok) return Number.NaN
  const model = new Model(compiled.value, engine, { ...defaultTraining, optimizer: 'sgd' })
  model.initialize()
  const width = (compiled.value.inputs[0]?.shape ?? []).reduce((a, b) => a * b, 1)
  const x = Float32Array.from({ length: batch * width }, () => Math.random())
  const y = new Float32Array(batch * 10)
  for (let i = 0; i < batch; i++) y[i * 10 + (i % 10)] = 1
  const run = (n: number) => {
    for (let i = 0; i < n; i++) model.trainStep(x, y, batch, 0.01)
  }
  run(Math.max(1, Math.floor(count / 5)))
  const start = performance.now()
  run(count)
  const seconds = (performance.now() - start) / 1000
  model.dispose()
  return (batch * count) / seconds
}

function torchSpeed(python: string, net: NetName): number {
  const script = join(process.cwd(), 'tests', 'bench', 'torch_speed.py')
  const run = spawnSync(python, [script, net, String(BATCH), String(steps[net] * 5)], { encoding: 'utf8' })
  return Number(run.stdout)
}

/** Prints images per second of every engine present, and of PyTorch where Python has it, interleaved, as medians and ratios. */
export async function benchTraining(): Promise<void> {
  const python = pythonWith('torch')
  const engines = [onnx, wasm, tensorflow].filter((e) => e.probe().available)
  console.log(
    `\nTraining, images per second: forward, backward, SGD with momentum, batch ${BATCH}; medians of ${ROUNDS}`,
  )
  if (!python) console.log('PyTorch is left out: no Python here can import torch (name one in NETLOOM_PYTHON).')
  for (const net of Object.keys(nets) as NetName[]) {
    const rounds = new Map<string, number[]>()
    const record = (name: string, value: number) => rounds.set(name, [...(rounds.get(name) ?? []), value])
    for (let round = 0; round < ROUNDS; round++) {
      for (const engine of engines) record(engine.name, await speed(engine, net, BATCH, steps[net]))
      if (python) record('PyTorch', torchSpeed(python, net))
    }
    record('cpu', await speed(cpu, net, CPU_BATCH[net], 1))
    const figures = new Map([...rounds].map(([name, xs]) => [name, median(xs)]))
    const [reference, torch] = [figures.get('cpu') ?? Number.NaN, figures.get('PyTorch')]
    const rows = [...figures].map(([name, v]) => {
      const toTorch = torch === undefined ? '' : `, ${(v / torch).toFixed(3)} × PyTorch`
      return `  ${name.padEnd(10)} ${v.toPrecision(4).padStart(8)}   ${(v / reference).toPrecision(3)} × cpu${toTorch}`
    })
    console.log([`\n${net}`, ...rows].join('\n'))
  }
}
