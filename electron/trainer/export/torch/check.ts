import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TorchNetwork } from '#shared/export/torch/network'
import { weightsText } from '#shared/export/torch/project/weights'
import { err, ok, type Result } from '#shared/result'
import type { Arrays } from '../../model'
import { readSafetensors, writeSafetensors } from '../../safetensors'

/** A written model, and samples for each of its inputs: channels last, the batch first. */
export interface CheckedModel {
  /** Paths of model.py and weights.safetensors. */
  readonly model: string
  readonly weights: string
  readonly className: string
  readonly network: TorchNetwork
  readonly samples: readonly { readonly values: Float32Array; readonly shape: readonly number[] }[]
}

const script = `
import importlib.util, json, sys
import torch

def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

folder = sys.argv[1]
files = load(f"{folder}/weights.py", "weights")
for number, case in enumerate(json.load(open(f"{folder}/cases.json"))):
    model = getattr(load(case["model"], f"model{number}"), case["className"])()
    model.load_state_dict(files.load(case["weights"]))
    model.eval()
    samples = files.load(f"{folder}/{number}.in")
    inputs = [samples[str(i)] for i in range(len(samples))]
    inputs = [x.movedim(-1, 1) if first else x for x, first in zip(inputs, case["inputs"])]
    with torch.no_grad():
        outputs = getattr(model, "predict", model)(*inputs)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    outputs = [y.movedim(1, -1) if first else y for y, first in zip(outputs, case["outputs"])]
    files.save({str(i): y for i, y in enumerate(outputs)}, f"{folder}/{number}.out")
`

/** How long Python may take, in milliseconds: importing PyTorch alone can take half a minute. */
const TIMEOUT = 300_000

/** What PyTorch computes from written models, all in one process; the error says why nothing could be computed. */
export async function runModels(
  python: string,
  models: readonly CheckedModel[],
): Promise<Result<readonly (readonly Float32Array[])[], string>> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-torch-'))
  try {
    await writeFile(join(folder, 'weights.py'), weightsText)
    const cases = models.map(({ className, model, network, weights }) => ({
      className,
      model,
      weights,
      inputs: network.inputs.map(({ value }) => value.layout === 'first' && value.shape.length > 1),
      outputs: network.outputs.map(({ value }) => value.layout === 'first' && value.shape.length > 1),
    }))
    await writeFile(join(folder, 'cases.json'), JSON.stringify(cases))
    for (const [i, { samples }] of models.entries()) {
      const arrays: Arrays = new Map(samples.map((s, at) => [String(at), s]))
      await writeFile(join(folder, `${i}.in`), writeSafetensors(arrays, {}))
    }
    await promisify(execFile)(python, ['-c', script, folder], { timeout: TIMEOUT })
    const outputs: Float32Array[][] = []
    for (const [i, { network }] of models.entries()) {
      const read = readSafetensors(await readFile(join(folder, `${i}.out`)))
      if (!read.ok) return err(read.error)
      outputs.push(network.outputs.map((_, at) => read.value.arrays.get(String(at))?.values ?? new Float32Array()))
    }
    return ok(outputs)
  } catch (e) {
    return err(lastLine(e))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A Python error ends in what it is about. */
function lastLine(e: unknown): string {
  const said = e instanceof Error && 'stderr' in e ? String(e.stderr).trim().split('\n').at(-1) : ''
  return said || (e instanceof Error ? (e.message.split('\n')[0] ?? '') : String(e))
}
