import { beforeEach, describe, expect, test } from 'vitest'
import type { Comment } from '#shared/graph/comment'
import { emptyGraph, type Graph } from '#shared/graph/graph'
import { deleteSelected } from '../../../renderer/actions/deleteSelection'
import { nudgeSelection } from '../../../renderer/canvas/change'
import { addCopy, selectedPart } from '../../../renderer/canvas/clipboard'
import { commentFlowId, endWriting, fittingSize, startComment } from '../../../renderer/canvas/comments'
import { dragTo, endDrag, startDrag } from '../../../renderer/canvas/drag'
import { createFlow } from '../../../renderer/canvas/flow'
import { pictureOf } from '../../../renderer/canvas/picture'
import { walkOrder } from '../../../renderer/canvas/walk'
import { wrapText } from '../../../renderer/canvas/wrap'
import { emptyDocument, useDocument } from '../../../renderer/store/document'
import { useView } from '../../../renderer/store/view'
import { draw } from '../../shared/drawing'

const note: Comment = {
  id: 'n',
  text: 'One <script>alert(1)</script>\n二',
  position: { x: 10, y: 20 },
  size: { width: 200, height: 96 },
  color: 'blue',
}
const open = (graph: Graph) => useDocument.getState().open({ ...emptyDocument, graph })
const comments = () => useDocument.getState().document.graph.comments ?? []
const labels = () => useDocument.getState().undoSteps.map((s) => s.label)

beforeEach(() => {
  open({ ...draw([['a', 'dense']]), comments: [note] })
  useView.getState().select([commentFlowId('n')])
})

describe('a new comment', () => {
  test('is one step once something is written in it', () => {
    startComment({ x: 1.4, y: 2 })
    const id = comments().at(-1)?.id ?? ''
    expect(useView.getState().editing).toBe(id)
    endWriting(id, 'Text')
    expect(comments().at(-1)).toMatchObject({ text: 'Text', position: { x: 1, y: 2 }, color: 'yellow' })
    expect(labels()).toEqual(['addComment'])
    useDocument.getState().undo()
    expect(comments()).toEqual([note])
  })
  test('leaves no trace when nothing is written', () => {
    startComment({ x: 0, y: 0 })
    endWriting(comments().at(-1)?.id ?? '', ' \n')
    expect(comments()).toEqual([note])
    expect(labels()).toEqual([])
  })
})

test('writing changes the text; the same text is no step; an empty one removes the comment', () => {
  endWriting('n', note.text)
  expect(labels()).toEqual([])
  endWriting('n', 'Other')
  expect(comments().map((c) => c.text)).toEqual(['Other'])
  endWriting('n', '')
  expect(comments()).toEqual([])
  expect(labels()).toEqual(['editComment', 'removeComment'])
})

test('moves with the arrows and by dragging, also as a copy', () => {
  nudgeSelection({ x: 4, y: -4 })
  expect(comments()[0]?.position).toEqual({ x: 14, y: 16 })
  startDrag([commentFlowId('n')], true)
  dragTo(new Map([[commentFlowId('n'), { x: 114, y: 16 }]]))
  endDrag()
  expect(comments().map((c) => c.position.x)).toEqual([14, 114])
  expect([...useView.getState().selection]).toEqual([commentFlowId('n2')])
})

test('is copied, pasted and deleted with the layers', () => {
  useView.getState().select(['a', commentFlowId('n')])
  addCopy('paste', selectedPart())
  expect(comments().map((c) => [c.id, c.position.x])).toEqual([
    ['n', 10],
    ['n2', 34],
  ])
  expect(useView.getState().selection).toEqual(new Set(['a2', commentFlowId('n2')]))
  deleteSelected()
  expect(comments()).toEqual([note])
})

test('alone on the clipboard is pasted too', () => {
  const part = selectedPart()
  open(emptyGraph)
  addCopy('paste', part)
  expect(comments()).toHaveLength(1)
})

test('one walks to it after the layers', () => {
  expect(walkOrder(useDocument.getState().document.graph)).toEqual(['a', commentFlowId('n')])
})

test('stands in pictures as text, never as markup', () => {
  const { document, inference } = useDocument.getState()
  const svg = pictureOf({
    graph: document.graph,
    flow: createFlow()(document.graph, new Set(), new Set()),
    inference,
    color: (name) => name,
    costs: () => '',
  })
  expect(svg).toContain('fill="--nl-note-blue"')
  expect(svg).not.toContain('<script')
  expect(svg).toContain('>二</text>')
})

test('sizes stay within what a file may hold', () => {
  expect(fittingSize({ width: 1e9, height: -3 })).toEqual({ width: 4000, height: 40 })
})

describe('lines of a text', () => {
  test.each([
    ['between words', 'one two three', 60, ['one two', 'three']],
    ['within a long word', 'aaaaaaaaaa', 35, ['aaaaa', 'aaaaa']],
    ['between Chinese signs', 'ab 一二三四', 50, ['ab 一二', '三四']],
    ['at line breaks, empty ones too', 'a\r\n\nb', 60, ['a', '', 'b']],
  ])('break %s', (_, text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines)
  })
})
