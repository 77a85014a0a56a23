import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { failure } from '#shared/training/failures'
import { operatorsVersion } from './operatorSources'
import { bringBack } from './staging'

/** Where installed engines lie: programs, not a person's work, and so apart from the workspace. */
export const enginesFolder = (): string => process.env.NETLOOM_ENGINES ?? join(dataFolder(), 'engines')

function dataFolder(): string {
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? homedir(), 'Netloom')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Netloom')
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'netloom')
}

/** The engine's name in the folder of engines. */
export const TENSORFLOW = 'tensorflow'
/** Of tfjs-node, which goes with the tfjs of the same version. */
export const VERSION = '4.22.0'
export const packages = { cpu: '@tensorflow/tfjs-node', gpu: '@tensorflow/tfjs-node-gpu' } as const

const manifestSchema = z.object({
  package: z.enum(packages),
  /** The libraries outside this folder that it was built for; none where it brings its own. */
  libraries: z.array(z.string()),
  /** TensorFlow's version and what it computes on, as its test has found them. */
  tensorflow: z.string().exactOptional(),
  device: z.string().exactOptional(),
  /** The version of our own operators that were compiled for it, or that could not be; absent with a published build. */
  operators: z.string().exactOptional(),
})
/** What lies in the folder of the engine, as its `engine.json` says. */
export type Manifest = z.infer<typeof manifestSchema>
export const manifestIn = (folder: string): string => join(folder, 'engine.json')
export const packageIn = (folder: string, name: Manifest['package']): string => join(folder, 'node_modules', name)
/** Version 8 of Node-API is that of every Node that Netloom runs on, and the highest that the package knows. */
export const addonIn = (folder: string, name: Manifest['package']): string =>
  join(packageIn(folder, name), 'lib', 'napi-v8', 'tfjs_binding.node')
/** Our own operators for TensorFlow; an engine may lack them. */
export const operatorsIn = (folder: string): string => join(folder, 'operators', 'operators.node')

export type Installed =
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly reason: string }
  | {
      readonly kind: 'whole'
      readonly manifest: Manifest
      /** The folder of the package. */
      readonly entry: string
      /** As `operatorsIn`. */
      readonly operators: string
      /** Installed again, it would have other operators of ours. */
      readonly outdated: boolean
    }

/** What is installed, told by its files, without loading it. */
export function installedTensorflow(folder = join(enginesFolder(), TENSORFLOW)): Installed {
  bringBack(folder)
  if (!existsSync(folder)) return { kind: 'absent' }
  const broken = (path: string): Installed => ({ kind: 'broken', reason: failure('engineDamaged', { path }) })
  const manifest = readManifest(manifestIn(folder))
  if (!manifest) return broken(manifestIn(folder))
  const addon = addonIn(folder, manifest.package)
  if (!existsSync(addon)) return broken(addon)
  const gone = manifest.libraries.find((path) => !existsSync(path))
  if (gone !== undefined) return { kind: 'broken', reason: failure('engineLibraryGone', { path: gone }) }
  const operators = operatorsIn(folder)
  return {
    kind: 'whole',
    manifest,
    entry: packageIn(folder, manifest.package),
    operators,
    outdated: isOutdated(manifest, operators),
  }
}

/**
 * Whether an engine was compiled with other operators than there are now, or before there were any. Not where they could not be compiled, or
 * are of no use: with a published build, for which nothing is compiled, and on a GPU.
 */
function isOutdated({ libraries, device, operators: version }: Manifest, operators: string): boolean {
  const failed = existsSync(dirname(operators)) && !existsSync(operators)
  return libraries.length > 0 && device !== 'GPU' && version !== operatorsVersion && !failed
}

function readManifest(file: string): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
