import { googlenet } from './googlenet'
import { lenet5 } from './lenet'
import { mlp } from './mlp'
import { resnet18, resnet50 } from './resnet'
import type { Template } from './template'
import { vgg16 } from './vgg'

const registry = { mlp, lenet5, vgg16, googlenet, resnet18, resnet50 }

export type TemplateName = keyof typeof registry
export const templates: Readonly<Record<TemplateName, Template>> = registry
export const templateNames = Object.keys(registry) as TemplateName[]
export const isTemplateName = (name: string): name is TemplateName => Object.hasOwn(registry, name)
