import type { GraphNode } from '../graph/graph'
import type { LayerDef, WeightSpec } from '../layer'
import { layers } from '../layers'
import { usesScale } from './initializers'
import {
  isFrozen,
  roleOf,
  type WeightRole,
  type WeightSetting,
  weightSettingNames,
  weightSettingsOf,
} from './weightSettings'

/** Which weights a setting is about; absent: all that a layer has. */
const about: Partial<Readonly<Record<WeightSetting, readonly WeightRole[]>>> = {
  kernelInitializer: ['kernel'],
  kernelInitializerScale: ['kernel', 'recurrent'],
  recurrentInitializer: ['recurrent'],
  biasInitializer: ['bias'],
  biasInitializerScale: ['bias'],
  kernelL1: ['kernel', 'recurrent'],
  kernelL2: ['kernel', 'recurrent'],
  biasL1: ['bias'],
  biasL2: ['bias'],
}
/** Those that say nothing about weights that stay as they are. */
const moving: readonly WeightSetting[] = ['learningRateMultiplier', 'kernelL1', 'kernelL2', 'biasL1', 'biasL2']

export const mayHaveWeights = (node: GraphNode): boolean => {
  if (node.type === 'unknown') return false
  const def: LayerDef = layers[node.type]
  return def.weights !== undefined
}

/** There are layers with weights, and all of them are frozen. */
export const allFrozen = (nodes: readonly GraphNode[]): boolean => {
  const weighted = nodes.filter(mayHaveWeights)
  return weighted.length > 0 && weighted.every(isFrozen)
}

/** The settings that mean something for layers, given the weights of all of them. */
export function settingsFor(nodes: readonly GraphNode[], weights: readonly WeightSpec[]): readonly WeightSetting[] {
  const roles = new Set(weights.map(roleOf))
  const settings = nodes.map(weightSettingsOf)
  const frozen = settings.every((s) => !s.trainable)
  const scaled = (name: 'kernelInitializer' | 'recurrentInitializer' | 'biasInitializer') =>
    settings.some((s) => usesScale(s[name]))
  return weightSettingNames.filter((name) => {
    if (frozen && moving.includes(name)) return false
    if (!(about[name]?.some((role) => roles.has(role)) ?? true)) return false
    if (name === 'biasInitializerScale') return scaled('biasInitializer')
    if (name !== 'kernelInitializerScale') return true
    return (
      (roles.has('kernel') && scaled('kernelInitializer')) || (roles.has('recurrent') && scaled('recurrentInitializer'))
    )
  })
}
