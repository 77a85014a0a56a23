import { type Comment, commentColors, commentLimits } from '#shared/graph/comment'
import type { Edit } from '#shared/graph/edits'
import { freshId, type Graph, type Point } from '#shared/graph/graph'
import { graphEdit, useDocument } from '../store/document'
import { useView } from '../store/view'
import type { Box } from './groups'

/** Comments share one space of ids with layers and groups on the canvas. */
export const commentFlowId = (id: string): string => `comment:${id}`
export const commentOfFlowId = (flowId: string): string | null =>
  flowId.startsWith('comment:') ? flowId.slice('comment:'.length) : null

export const commentBox = (c: Comment): Box => ({ ...c.position, ...c.size })
export const findComment = (graph: Graph, id: string): Comment | undefined => graph.comments?.find((c) => c.id === id)
export const selectedComments = (selection: Iterable<string>): readonly string[] =>
  [...selection].flatMap((id) => commentOfFlowId(id) ?? [])

const NEW_SIZE = { width: 200, height: 96 }
const { min, max } = commentLimits
/** The nearest size that a comment may have. */
export const fittingSize = (size: Comment['size']): Comment['size'] => ({
  width: Math.min(Math.max(Math.round(size.width), min), max),
  height: Math.min(Math.max(Math.round(size.height), min), max),
})

/** Starts a comment with its upper left corner at `at`: it is kept once something is written in it. */
export function startComment(at: Point): void {
  const { document, preview } = useDocument.getState()
  const id = freshId(new Set(document.graph.comments?.map((c) => c.id)), 'comment')
  const position = { x: Math.round(at.x), y: Math.round(at.y) }
  const comment: Comment = { id, text: '', position, size: NEW_SIZE, color: commentColors[0] }
  preview(graphEdit({ type: 'add', nodes: [], edges: [], groups: [], comments: [comment] }))
  useView.getState().select([commentFlowId(id)])
  useView.setState({ editing: id })
}

/** Ends writing: one step for what was written; a comment without text is taken away. */
export function endWriting(id: string, text: string): void {
  useView.setState({ editing: null })
  const { document, previewFrom, preview, commit, cancel, edit } = useDocument.getState()
  const comment = findComment(document.graph, id)
  if (!comment) return
  const written: Edit = { type: 'setComment', id, change: { text } }
  const isNew = previewFrom !== null && !findComment(previewFrom.graph, id)
  if (isNew && !text.trim()) cancel()
  else if (isNew) {
    preview(graphEdit(written))
    commit('addComment')
  } else if (!text.trim()) edit('removeComment', graphEdit({ type: 'removeComments', ids: [id] }))
  else if (text !== comment.text) edit('editComment', graphEdit(written))
}
