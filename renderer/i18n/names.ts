import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { type BlockType, blocks, blockTypes } from '#shared/blocks/index'
import type { GraphNode, Group } from '#shared/graph/graph'
import { type LayerType, layers } from '#shared/layers/index'
import { type TemplateName, templates } from '#templates/index'
import { initializerName } from './initializers'
import { trainingChoice } from './trainingChoices'
import { helps, labels, words } from './zh-CN/fields'
import { layers as zhLayers } from './zh-CN/layers'
import { templates as zhTemplates } from './zh-CN/templates'
import { trainingFields } from './zh-CN/trainingFields'

/**
 * Names and descriptions of layers, blocks and their fields. English is what the definitions say; Chinese is a table. All follow
 * the language of the moment: a component that shows them calls `useLanguage`.
 */
const isChinese = (): boolean => i18next.language === 'zh-CN'

const subscribe = (listener: () => void) => {
  i18next.on('languageChanged', listener)
  return () => i18next.off('languageChanged', listener)
}
/** Re-renders when the language changes. */
export const useLanguage = (): string => useSyncExternalStore(subscribe, () => i18next.language)

export const layerLabel = (type: LayerType): string => (isChinese() && zhLayers[type]?.label) || layers[type].label
export const layerSummary = (type: LayerType): string =>
  (isChinese() && zhLayers[type]?.summary) || layers[type].doc.summary
export const blockLabel = (type: BlockType): string => (isChinese() && zhLayers[type]?.label) || blocks[type].label
export const blockSummary = (type: BlockType): string => (isChinese() && zhLayers[type]?.summary) || blocks[type].doc

/** A layer that still has the name of its kind is called so in the language of the interface. */
export function nodeName(node: GraphNode): string {
  if (node.type === 'unknown') return node.name || node.originalType
  return node.name === layers[node.type].label ? layerLabel(node.type) : node.name
}

/** `kernelSize` → `Kernel size`, `kernelL2` → `Kernel L2`. */
export const humanize = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]\d?/g, (c) => ` ${c.length > 1 ? c : c.toLowerCase()}`)

/** `owner` is a layer or block type, or `training` for the settings of a run; without it, whatever has such a field. */
export const fieldLabel = (name: string, owner = ''): string =>
  (isChinese() &&
    (owner === 'training' ? trainingFields[name]?.label : (labels[name] ?? trainingFields[name]?.label))) ||
  humanize(name)

/** `help` is the field's own English sentence. */
export const fieldHelp = (owner: string, name: string, help: string): string =>
  (isChinese() && (owner === 'training' ? trainingFields[name]?.help : helps[help])) || help

/** Technical terms inside a short English line: `64 · 3×3 · stride 2 · same`. */
export const translateWords = (line: string): string =>
  isChinese() ? line.replace(/[A-Za-z]+/g, (word) => (Object.hasOwn(words, word) ? (words[word] ?? word) : word)) : line

/** A group that still has the name of its block is called so in the language of the interface. */
export function groupName(group: Group): string {
  const type = blockTypes.find((b) => b === group.block?.type)
  return type && group.name === blocks[type].label ? blockLabel(type) : group.name
}

export const templateDoc = (name: TemplateName): string => (isChinese() && zhTemplates[name]) || templates[name].doc

/** What one of a field's options is called. */
export const choiceLabel = (owner: string, option: string): string =>
  owner === 'weights'
    ? initializerName(option, isChinese())
    : owner === 'training' || owner === 'output'
      ? trainingChoice(option, isChinese())
      : translateWords(option)
