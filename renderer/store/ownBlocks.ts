import { z } from 'zod'
import { create } from 'zustand'
import { freshId, type Graph } from '#shared/graph/graph'
import { parseProject } from '#shared/project/parse'
import { serializeProject } from '#shared/project/serialize'
import { emptyDocument } from './document'
import { remember, remembered } from './remembered'

/** A part of a network under a name: layers in one outermost group. */
export interface OwnBlock {
  readonly name: string
  readonly part: Graph
  /** As a project file, to be kept and copied. */
  readonly text: string
}

const KEY = 'netloom.blocks'

/** Null for a text that this version cannot read. */
function readBlock(text: string): OwnBlock | null {
  const project = parseProject(text)
  if (!project.ok || !project.value.graph.groups.some((g) => g.parent === undefined)) return null
  return { name: project.value.name, part: project.value.graph, text }
}

interface OwnBlocksState {
  readonly blocks: readonly OwnBlock[]
  /** Keeps a part under a name that no other block has; false where the browser's store has no room for it. */
  save(name: string, part: Graph): boolean
  remove(name: string): void
}

/** Blocks that a person made; kept by the browser. What cannot be read, as of a newer version, is kept and not shown. */
export const useOwnBlocks = create<OwnBlocksState>()((set, get) => {
  const texts = remembered(KEY, z.array(z.string())) ?? []
  const unreadable = texts.filter((text) => readBlock(text) === null)
  const keep = (blocks: readonly OwnBlock[]): boolean => {
    set({ blocks })
    return remember(KEY, [...unreadable, ...blocks.map((b) => b.text)])
  }
  return {
    blocks: texts.flatMap((text) => readBlock(text) ?? []),
    save(wanted, part) {
      const name = freshId(new Set(get().blocks.map((b) => b.name)), wanted)
      const text = serializeProject({ ...emptyDocument, name, graph: part })
      return keep([...get().blocks, { name, part, text }])
    },
    remove: (name) => {
      keep(get().blocks.filter((b) => b.name !== name))
    },
  }
})
