import { z } from 'zod'
import { blocks } from '../blocks'
import { parseParams } from '../fields'
import { commentColors, commentLimits } from '../graph/comment'
import { directions, type Edge, type Graph, type GraphNode, type Group, type LayerNode } from '../graph/graph'
import { isLayerType, layers } from '../layers'
import { err, ok, type Result } from '../result'
import { trainingFields } from '../training/config'
import { phrase } from '../training/failurePhrases'
import { failure } from '../training/failures'
import { changedSettings, weightFields } from '../training/weightSettings'
import { migrate } from './migrations'
import { FORMAT, type Project } from './project'

export type ProjectError =
  | { readonly code: 'notAProject'; readonly reason: string }
  | { readonly code: 'tooNew'; readonly format: number; readonly newest: number }
  | { readonly code: 'migrationFailed'; readonly from: number; readonly reason: string }
  /** `path` leads to the value, as in `graph.nodes[3].params.filters`. */
  | { readonly code: 'invalid'; readonly path: string; readonly reason: string }

/** Larger texts are refused before they are parsed: the largest sensible network is far below. In characters. */
export const MAX_PROJECT_SIZE = 64_000_000
/** Of groups in groups, and of values in the parameters of unknown layers. */
const MAX_DEPTH = 64

export function showProjectError(e: ProjectError): string {
  switch (e.code) {
    case 'notAProject':
      return failure('notAProject', { reason: e.reason })
    case 'tooNew':
      return failure('projectTooNew', { format: e.format, newest: e.newest })
    case 'migrationFailed':
      return failure('migrationFailed', { from: e.from, reason: e.reason })
    case 'invalid':
      return failure('invalidProject', { path: clip(e.path), reason: clip(e.reason) })
  }
}
const clip = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text)

const id = z.string().min(1).max(1000)
const finite = z.number()
const nodeSchema = z.strictObject({
  id,
  type: z.string().min(1).max(200),
  name: z.string(),
  position: z.strictObject({ x: finite, y: finite }),
  group: id.exactOptional(),
  params: z.record(z.string(), z.unknown()).exactOptional(),
  weightSettings: z.record(z.string(), z.unknown()).exactOptional(),
  sharedWith: id.exactOptional(),
})
const port = z.int().min(0).max(10_000)
const edgeSchema = z.strictObject({ source: id, sourcePort: port, target: id, targetPort: port })
const groupSchema = z.strictObject({
  id,
  name: z.string(),
  parent: id.exactOptional(),
  collapsed: z.boolean(),
  block: z.strictObject({ type: z.string(), params: z.record(z.string(), z.unknown()) }).exactOptional(),
})
const side = z.number().min(commentLimits.min).max(commentLimits.max)
const commentSchema = z.strictObject({
  id,
  text: z.string(),
  position: z.strictObject({ x: finite, y: finite }),
  size: z.strictObject({ width: side, height: side }),
  color: z.enum(commentColors),
})
const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  name: z.string(),
  graph: z.strictObject({
    nodes: z.array(nodeSchema),
    edges: z.array(edgeSchema),
    groups: z.array(groupSchema),
    comments: z.array(commentSchema).exactOptional(),
    direction: z.enum(directions).exactOptional(),
  }),
  training: z.record(z.string(), z.unknown()),
  data: z.string().max(10_000),
})
type File = z.infer<typeof fileSchema>

const invalid = (path: string, reason: string) => err({ code: 'invalid', path, reason } as const)

/** Reads a project file: envelope, refusal of newer formats, migrations in sequence, then every value strictly. */
export function parseProject(text: string): Result<Project, ProjectError> {
  if (text.length > MAX_PROJECT_SIZE)
    return err({ code: 'notAProject', reason: phrase('longText', { count: text.length, max: MAX_PROJECT_SIZE }) })
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (e) {
    return err({
      code: 'notAProject',
      reason: phrase('notJson', { detail: e instanceof Error ? e.message : String(e) }),
    })
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || !('format' in raw))
    return err({ code: 'notAProject', reason: phrase('noFormat', {}) })
  const { format } = raw
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1)
    return err({ code: 'notAProject', reason: phrase('badFormat', {}) })
  if (format > FORMAT) return err({ code: 'tooNew', format, newest: FORMAT })
  // Never written by Netloom, and dropped rather than refused by the schemas below.
  if (/"__proto__"\s*:/.test(text)) return invalid('(root)', phrase('protoKey', {}))
  const migrated = migrate(raw as Record<string, unknown>, format)
  if (!migrated.ok) return migrated
  const file = fileSchema.safeParse(migrated.value)
  if (!file.success) {
    const issue = file.error.issues[0]
    return invalid(showPath(issue?.path ?? []), (issue?.message ?? 'not as expected').replace(/^Invalid input: /, ''))
  }
  const training = parseParams(trainingFields, file.data.training)
  if (!training.ok) return invalid(joinPath('training', training.error.path), training.error.reason)
  const graph = parseGraph(file.data.graph)
  if (!graph.ok) return graph
  return ok({ name: file.data.name, graph: graph.value, training: training.value, data: file.data.data })
}

export function parseGraph(raw: File['graph']): Result<Graph, ProjectError> {
  const nodes: GraphNode[] = []
  const ids = new Set<string>()
  const groupIds = new Set(raw.groups.map((g) => g.id))
  if (groupIds.size < raw.groups.length) return invalid('graph.groups', phrase('sameGroupId', {}))
  for (const [i, n] of raw.nodes.entries()) {
    const path = `graph.nodes[${i}]`
    if (ids.has(n.id)) return invalid(`${path}.id`, phrase('secondLayer', { id: JSON.stringify(n.id) }))
    ids.add(n.id)
    if (n.group !== undefined && !groupIds.has(n.group))
      return invalid(`${path}.group`, phrase('noGroup', { id: JSON.stringify(n.group) }))
    const { type, params, weightSettings, ...rest } = n
    const settings = parseParams(weightFields, weightSettings)
    if (!settings.ok) return invalid(joinPath(`${path}.weightSettings`, settings.error.path), settings.error.reason)
    const own = changedSettings({}, settings.value)
    const base = { ...rest, ...(own && { weightSettings: own }) }
    if (!isLayerType(type)) {
      if (isDeeper(params, MAX_DEPTH)) return invalid(`${path}.params`, phrase('deepValues', { max: MAX_DEPTH }))
      nodes.push({ ...base, type: 'unknown', originalType: type, params: params ?? {} })
      continue
    }
    const parsed = parseParams(layers[type].fields, params)
    if (!parsed.ok) return invalid(joinPath(`${path}.params`, parsed.error.path), parsed.error.reason)
    nodes.push({ ...base, type, params: parsed.value } as LayerNode)
  }
  const groups: Group[] = []
  for (const [i, g] of raw.groups.entries()) {
    if (g.parent !== undefined && !groupIds.has(g.parent))
      return invalid(`graph.groups[${i}].parent`, phrase('noGroup', { id: JSON.stringify(g.parent) }))
    const { block, ...rest } = g
    const def = block && Object.hasOwn(blocks, block.type) ? blocks[block.type as keyof typeof blocks] : undefined
    const params = def && parseParams(def.fields, block?.params)
    if (params && !params.ok)
      return invalid(joinPath(`graph.groups[${i}].block.params`, params.error.path), params.error.reason)
    // A block of an unknown kind stays a plain group: its layers are all there.
    groups.push(block && params ? { ...rest, block: { type: block.type, params: params.value } } : rest)
  }
  const parents = new Map(groups.map((g) => [g.id, g.parent]))
  for (const [i, g] of groups.entries()) {
    let up = g.parent
    for (let depth = 1; up !== undefined; depth++, up = parents.get(up)) {
      if (up === g.id) return invalid(`graph.groups[${i}].parent`, phrase('groupInItself', {}))
      if (depth > MAX_DEPTH) return invalid(`graph.groups[${i}].parent`, phrase('deepGroups', { max: MAX_DEPTH }))
    }
  }
  const { comments, direction } = raw
  if (comments && new Set(comments.map((c) => c.id)).size < comments.length)
    return invalid('graph.comments', phrase('sameCommentId', {}))
  return ok({
    nodes,
    edges: raw.edges satisfies Edge[],
    groups,
    ...(comments && { comments }),
    ...(direction && { direction }),
  })
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)))
const joinPath = (path: string, rest: string): string => (rest ? `${path}.${rest}` : path)
const showPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((s, p) => (typeof p === 'number' ? `${s}[${p}]` : s ? `${s}.${String(p)}` : String(p)), '') ||
  '(root)'
