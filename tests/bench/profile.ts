import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Engine } from '../../electron/trainer/engines/engine'
import { OnnxCompute } from '../../electron/trainer/engines/onnx/compute'
import { onnx } from '../../electron/trainer/engines/onnx/onnx'
import type { NetName } from './nets'
import { prepareTraining } from './trainWorker'

const STEPS = 6

/** What ONNX Runtime notes of each operator that it ran. */
const eventsSchema = z.array(
  z.object({
    cat: z.string(),
    name: z.string(),
    dur: z.number(),
    args: z
      .object({
        op_name: z.string().optional(),
        input_type_shape: z.unknown().optional(),
        output_type_shape: z.unknown().optional(),
      })
      .optional(),
  }),
)

/** Prints milliseconds of a step by operator, and its slowest operators. Of each the median of several steps counts. */
export async function profileTraining(net: NetName, batch: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-profile-'))
  const profiled: Engine = {
    ...onnx,
    compute: (task) =>
      new OnnxCompute(task, { threads: availableParallelism(), provider: null, profile: join(folder, 'step') }),
  }
  const { dispose, step } = await prepareTraining(profiled, net, batch)
  for (let i = 0; i < STEPS; i++) step()
  dispose()
  const [file = ''] = readdirSync(folder)
  const events = eventsSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
  rmSync(folder, { recursive: true })

  const operators = new Map<string, { op: string; sizes: string; times: number[] }>()
  for (const { args, dur, name } of events.filter((e) => e.cat === 'Node' && e.name.endsWith('_kernel_time'))) {
    const sizes = `${JSON.stringify(args?.input_type_shape)} → ${JSON.stringify(args?.output_type_shape)}`
    const own = operators.get(name) ?? { op: args?.op_name ?? '', sizes: sizes.replaceAll('"float":', ''), times: [] }
    own.times.push(dur / 1000)
    operators.set(name, own)
  }
  const rows = [...operators].map(([name, { op, sizes, times }]) => {
    return { name: name.replace('_kernel_time', ''), op, sizes, ms: median(times) }
  })
  const total = rows.reduce((sum, r) => sum + r.ms, 0)
  const byOp = new Map<string, { count: number; ms: number }>()
  for (const { ms, op } of rows) {
    const sum = byOp.get(op) ?? { count: 0, ms: 0 }
    byOp.set(op, { count: sum.count + 1, ms: sum.ms + ms })
  }
  const sums = [...byOp].map(([op, sum]) => ({ op, ...sum }))
  console.log(`\n${net}, batch ${batch}: ${total.toFixed(1)} ms in ${rows.length} operators`)
  for (const { count, ms, op } of sums.toSorted((a, b) => b.ms - a.ms).slice(0, 15))
    console.log(`  ${ms.toFixed(2).padStart(8)} ms ${((100 * ms) / total).toFixed(0).padStart(3)} %  ${count} × ${op}`)
  for (const { ms, name, sizes } of rows.toSorted((a, b) => b.ms - a.ms).slice(0, 40))
    console.log(`  ${ms.toFixed(2).padStart(8)} ms  ${name}  ${sizes}`)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
