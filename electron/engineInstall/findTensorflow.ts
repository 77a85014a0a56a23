import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'
import { runCommand } from './command'
import { installedTensorflow } from './engineFolder'
import { cancelled, type InstallError } from './error'

/** A TensorFlow that the addon can be built for. */
export interface Tensorflow {
  /** Of the Python package, or of libtensorflow. */
  readonly home: string
  /** Empty where it is not told without loading it. */
  readonly version: string
  readonly include: string
  readonly libraries: readonly string[]
}

/** Finds the package without importing it, which takes seconds. */
const script = `
import importlib.metadata, importlib.util, json, os
spec = importlib.util.find_spec('tensorflow')
version = ''
for name in ('tensorflow', 'tensorflow-cpu', 'tensorflow-rocm', 'tensorflow-macos'):
    try:
        version = version or importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps({'home': os.path.dirname(spec.origin) if spec and spec.origin else None, 'version': version}))
`
const answerSchema = z.object({ home: z.string().nullable(), version: z.string() })

/**
 * `from`: a Python that has TensorFlow, the folder of its virtual environment, or the folder of libtensorflow. Without it, the Python on
 * the search path is asked.
 */
export async function findTensorflow(
  from: string | undefined,
  signal: AbortSignal,
): Promise<Result<Tensorflow, InstallError>> {
  let reason = ''
  for (const place of from === undefined ? ['python3', 'python'] : [from]) {
    const found = isFolder(place) ? await inFolder(resolve(place), signal) : await askPython(place, signal)
    if (typeof found === 'object') return ok(found)
    if (signal.aborted) return cancelled
    reason = found
  }
  const message = from === undefined ? failure('noTensorflow', {}) : failure('noTensorflowIn', { from, reason })
  return err({ code: 'failed', message })
}

/** What the installed engine was compiled for, where it still lies there. `gpu`: only if it computes on one. */
export function tensorflowInUse(gpu: boolean): Tensorflow | null {
  const installed = installedTensorflow()
  if (installed.kind !== 'whole') return null
  const { libraries, tensorflow: version = '', device } = installed.manifest
  const [library] = libraries
  if (library === undefined || (gpu && device !== 'GPU')) return null
  const folder = dirname(library)
  return libraryIn(folder, version) ?? libraryIn(dirname(folder), version)
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** What is there, or what is wrong with it. */
async function inFolder(folder: string, signal: AbortSignal): Promise<Tensorflow | string> {
  const library = libraryIn(folder, '')
  if (library) return library
  const python = ['bin/python3', 'bin/python', 'Scripts/python.exe'].map((p) => join(folder, p)).find(existsSync)
  return python ? askPython(python, signal) : phrase('noTensorflowFolder', {})
}

async function askPython(python: string, signal: AbortSignal): Promise<Tensorflow | string> {
  const answer = await runCommand(python, ['-c', script], { signal })
  if (!answer.ok && answer.error.kind === 'missing') return phrase('placeAbsent', {})
  const parsed = answerSchema.safeParse(parseJson(answer.ok ? answer.value : ''))
  if (!parsed.success) return phrase('pythonSilent', {})
  const { home, version } = parsed.data
  if (home === null) return phrase('lacksTensorflow', {})
  return libraryIn(home, version) ?? phrase('lacksLibraries', {})
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Both the Python package and libtensorflow keep the headers in `include`; the libraries lie in the folder itself or in `lib`. */
function libraryIn(home: string, version: string): Tensorflow | null {
  const include = join(home, 'include')
  if (!existsSync(join(include, 'tensorflow', 'c', 'eager', 'c_api.h'))) return null
  for (const folder of [home, join(home, 'lib')]) {
    const names = isFolder(folder) ? readdirSync(folder) : []
    // By whichever of its names a library is given, the linker notes the one that it gives itself.
    const main = names.find((name) => /^libtensorflow(_cc)?\./.test(name))
    const framework = names.find((name) => /^libtensorflow_framework\./.test(name))
    if (main && framework) return { home, version, include, libraries: [join(folder, main), join(folder, framework)] }
  }
  return null
}
