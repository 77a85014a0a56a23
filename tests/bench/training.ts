import { execFileSync, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pythonWith } from '../electron/python'
import { isNetName, type NetName, nets } from './nets'
import { profileTraining } from './profile'
import { type BenchEngine, engines, isBenchEngine, trainWorker } from './trainWorker'

const BATCH = 64
const ROUNDS = 7
/** Of each turn; a turn is one step at the least. */
const SECONDS = 0.8

const torchScript = join('tests', 'bench', 'torch_speed.py')

const median = (xs: readonly number[]): number => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? Number.NaN

interface Contender {
  readonly name: string
  /** Trains for some seconds; images per second. */
  turn(seconds: number): Promise<number>
  /** Ends it; the most memory that it held, in bytes. */
  end(): Promise<number>
}

function contender(name: string, command: string, args: readonly string[]): Contender {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  // One that died has no more figures; the others go on.
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => Number((await lines.next()).value ?? Number.NaN)
  return {
    name,
    turn(seconds) {
      child.stdin.write(`${seconds}\n`)
      return next()
    },
    end() {
      child.stdin.end()
      return next()
    },
  }
}

/** PyTorch on a processor, and on the graphics card where it finds one. */
interface Torch {
  readonly python: string
  readonly devices: readonly string[]
}

const torchOn = (device: string) => (device === 'cpu' ? 'PyTorch' : `PyTorch (${device})`)

function findTorch(): Torch | null {
  const python = pythonWith('torch')
  if (!python) return null
  return { python, devices: execFileSync(python, [torchScript], { encoding: 'utf8' }).trim().split(' ') }
}

/** All in turns, so that a machine that slows down does so for all; ratios are medians of those within a round. */
async function compare(net: NetName, names: readonly BenchEngine[], torch: Torch | null): Promise<void> {
  const [node = '', script = ''] = process.argv
  const make = names.map((name) => () => contender(name, node, [script, 'worker', name, net]))
  const devices = torch?.devices ?? []
  for (const device of devices) {
    const args = [torchScript, net, String(BATCH), device]
    make.push(() => contender(torchOn(device), torch?.python ?? '', args))
  }
  const all: Contender[] = []
  // One after the other through their first steps, which take more memory and time than the others.
  for (const start of make) {
    const one = start()
    await one.turn(SECONDS)
    all.push(one)
  }
  const rounds: number[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const figures: number[] = []
    for (const one of all) figures.push(await one.turn(SECONDS))
    rounds.push(figures)
  }
  console.log(`\n${net}`)
  for (const [i, one] of all.entries()) {
    const speed = median(rounds.map((r) => r[i] ?? Number.NaN))
    const memory = `${((await one.end()) / 1e6).toFixed(0)} MB`.padStart(8)
    const ratios = devices.map((device, j) => {
      const ratio = median(rounds.map((r) => (r[i] ?? Number.NaN) / (r[names.length + j] ?? Number.NaN)))
      return `   ${ratio.toFixed(2)} × ${torchOn(device)}`
    })
    console.log(`  ${one.name.padEnd(14)} ${speed.toPrecision(4).padStart(8)}${memory}${ratios.join('')}`)
  }
}

/**
 * Prints images per second and peak memory of every engine present, and of PyTorch where Python has it. Networks and engines may be named,
 * else all are measured; `--profile` tells instead which operators the engine onnx spends its time in.
 */
export async function benchTraining(asked: readonly string[]): Promise<void> {
  const netNames = asked.filter(isNetName)
  const networks = netNames.length > 0 ? netNames : (Object.keys(nets) as NetName[])
  if (asked.includes('--profile')) {
    for (const net of networks) await profileTraining(net, BATCH)
    return
  }
  const engineNames = asked.filter(isBenchEngine)
  const present: BenchEngine[] = []
  for (const name of Object.keys(engines) as BenchEngine[])
    if ((await engines[name].probe()).available) present.push(name)
  const torch = findTorch()
  console.log(
    `\nTraining, images per second and peak memory: forward, backward, SGD with momentum, batch ${BATCH}, ` +
      `${availableParallelism()} threads; medians of ${ROUNDS} turns`,
  )
  if (!torch) console.log('PyTorch is left out: no Python here can import torch (name one in NETLOOM_PYTHON).')
  for (const net of networks) await compare(net, engineNames.length > 0 ? engineNames : present, torch)
}

/** What a child process of the comparison does. */
export async function benchWorker([engine = '', net = '']: readonly string[]): Promise<void> {
  if (isBenchEngine(engine) && isNetName(net)) await trainWorker(engine, net, BATCH)
}
