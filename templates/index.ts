import { lenet5 } from './lenet'
import type { Template } from './template'

const registry = { lenet5 }

export type TemplateName = keyof typeof registry
export const templates: Readonly<Record<TemplateName, Template>> = registry
export const templateNames = Object.keys(registry) as TemplateName[]
export const isTemplateName = (name: string): name is TemplateName => Object.hasOwn(registry, name)
