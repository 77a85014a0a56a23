import type { Project } from '#shared/project/project'
import { ok, type Result } from '#shared/result'
import { openData } from '../data/open'
import { split } from '../data/split'
import type { TrainerError } from '../protocol'
import type { RunFile } from '../runFile'

/** One of the samples that a run did not train on, as the data has it; counted from 0 and round again. */
export type HeldOut = (index: number) => Promise<{ readonly values: Float32Array; readonly truth: string }>

/** Of the validation part, else of the test part; of all samples where nothing was held out. They come in a mixed order. */
export async function openHeldOut(run: RunFile, project: Project): Promise<Result<HeldOut, TrainerError>> {
  const opened = await openData(run.data, run.samples.table)
  if (!opened.ok) return opened
  const data = opened.value
  const { validation, test } = split(data, project.training, project.training.seed)
  const held = validation.length > 0 ? validation : test
  const from = held.length > 0 ? held : Uint32Array.from({ length: data.size }, (_, i) => i)
  const stride = strideThrough(from.length)
  return ok(async (index) => {
    const at = from[((index % from.length) * stride) % from.length] ?? 0
    await data.load?.(Uint32Array.of(at))
    const values = new Float32Array(data.inputShape.reduce((a, b) => a * b, 1))
    data.read(at, values, 0)
    const target = new Float32Array(data.targetSize)
    data.target(at, target, 0)
    const numbers = Array.from(target, (v) => Number(v.toPrecision(6))).join(', ')
    return { values, truth: data.labels?.[data.classOf(at)] ?? numbers }
  })
}

/** A step that leads through all of `n` places before it comes back, and far enough that neighbours differ. */
function strideThrough(n: number): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
  let stride = Math.max(Math.floor(n * 0.618), 1)
  while (gcd(stride, n) > 1) stride++
  return stride
}
