import { createReadStream } from 'node:fs'
import { defaultsOf } from '#shared/fields'
import { parseSettings } from '#shared/fieldText'
import type { Graph } from '#shared/graph/graph'
import { MAX_PROJECT_SIZE, parseProject, showProjectError } from '#shared/project/parse'
import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import { defaultTraining } from '#shared/training/config'
import { isTemplateName, type TemplateName, templateNames, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { resizeClasses, resizeInput } from './resize'

/** For options that may be given several times. */
export const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value]

/** A template drawn with `key=value` settings, as a project. */
export function projectOf(name: TemplateName, settings: readonly string[]): Result<Project, string> {
  const template = templates[name]
  const set = parseSettings(template.fields, settings)
  if (!set.ok) return set
  const graph = drawTemplate(template, { ...defaultsOf(template.fields), ...set.value })
  return ok({ name: template.label, graph, training: defaultTraining, data: '' })
}

/** What may be asked of a network besides its settings. */
export interface Sizes {
  readonly input?: string
  readonly classes?: string
}

/** As `openNetwork`, with another input size or number of classes. */
export async function openResized(network: string, settings: readonly string[], sizes: Sizes) {
  if (isTemplateName(network)) {
    const more = Object.entries(sizes).map(([name, value]) => `${name}=${value}`)
    return projectOf(network, [...settings, ...more])
  }
  const project = await openNetwork(network, settings)
  if (!project.ok) return project
  let graph: Result<Graph, string> = ok(project.value.graph)
  if (sizes.input !== undefined && graph.ok) graph = resizeInput(graph.value, sizes.input)
  if (sizes.classes !== undefined && graph.ok) graph = resizeClasses(graph.value, sizes.classes)
  return graph.ok ? ok({ ...project.value, graph: graph.value }) : graph
}

/**
 * Opens what a command was given: the name of a template, or a project file. A file called like a template is opened by a path such as
 * `./vgg16`.
 */
export async function openNetwork(network: string, settings: readonly string[] = []): Promise<Result<Project, string>> {
  if (isTemplateName(network)) return projectOf(network, settings)
  const text = await readText(network)
  if (!text.ok) return text
  if (settings.length > 0) return err('--set is for templates. Change the values of a file in the app.')
  const project = parseProject(text.value)
  return project.ok ? project : err(`${network}: ${showProjectError(project.error)}`)
}

/** UTF-8 takes at most three bytes per UTF-16 unit: beyond that the text is too large whatever it holds. */
const MAX_BYTES = 3 * MAX_PROJECT_SIZE

async function readText(path: string): Promise<Result<string, string>> {
  try {
    const parts: Buffer[] = []
    // A pipe is as good as a file, but nobody knows where it ends.
    for await (const part of createReadStream(path, { end: MAX_BYTES })) parts.push(part)
    const bytes = Buffer.concat(parts)
    if (bytes.length > MAX_BYTES) return err(`${path}: it has more than ${MAX_BYTES} bytes. A project has less.`)
    return ok(bytes.toString('utf8'))
  } catch (e) {
    const code = e instanceof Error && 'code' in e ? e.code : undefined
    if (code === 'ENOENT')
      return err(`There is no file and no template called '${path}'. Templates: ${templateNames.join(', ')}.`)
    if (code === 'EISDIR') return err(`'${path}' is a folder. Give a project file.`)
    return err(`'${path}' cannot be read: ${e instanceof Error ? e.message : String(e)}.`)
  }
}
