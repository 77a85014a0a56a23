import { z } from 'zod'
import { fill, type Placeholders } from '../problems'

/** The engines that Netloom does not bring. */
export const installableEngines = ['tensorflow'] as const
export type InstallableEngine = (typeof installableEngines)[number]

/** What the installation of an engine is doing, by code, with placeholders in braces. */
export const installTexts = {
  packages: 'Fetching {package} {version} with npm',
  published: 'Fetching the published build with TensorFlow {version}',
  unpublished: 'The published build is not taken: {reason}',
  search: 'Looking for TensorFlow',
  compile: 'Compiling for TensorFlow {version} in {home}',
  test: 'Testing the engine',
} as const satisfies Record<string, string>

export type InstallCode = keyof typeof installTexts
type Values<C extends InstallCode> = Readonly<Record<Placeholders<(typeof installTexts)[C]>, string>>

export const installStepSchema = z.object({
  code: z.enum(Object.keys(installTexts) as InstallCode[]),
  values: z.record(z.string(), z.string()),
})
export type InstallStep = z.infer<typeof installStepSchema>

export const installStep = <C extends InstallCode>(code: C, values: Values<C>): InstallStep => ({
  code,
  values: { ...values },
})

/** The step in English. */
export const installStepText = ({ code, values }: InstallStep): string => fill(installTexts[code], values)

/** An engine that was loaded in a process of its own and has computed a known training run. */
export const engineTestSchema = z.object({
  name: z.string(),
  version: z.string(),
  device: z.string().exactOptional(),
  /** From the start of loading to the end of the run. */
  seconds: z.number().min(0),
})
export type EngineTest = z.infer<typeof engineTestSchema>
