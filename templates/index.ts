import { alexnet } from './alexnet'
import { googlenet } from './googlenet'
import { inceptionV3 } from './inception'
import { lenet5 } from './lenet'
import { mlp } from './mlp'
import { mobilenetV1, mobilenetV2 } from './mobilenet'
import { resnet18, resnet34, resnet50, resnet101, resnet152 } from './resnet'
import type { Template } from './template'
import { vgg11, vgg13, vgg16, vgg19 } from './vgg'

const registry = {
  mlp,
  lenet5,
  alexnet,
  vgg11,
  vgg13,
  vgg16,
  vgg19,
  googlenet,
  inceptionV3,
  resnet18,
  resnet34,
  resnet50,
  resnet101,
  resnet152,
  mobilenetV1,
  mobilenetV2,
}

export type TemplateName = keyof typeof registry
export const templates: Readonly<Record<TemplateName, Template>> = registry
export const templateNames = Object.keys(registry) as TemplateName[]
export const isTemplateName = (name: string): name is TemplateName => Object.hasOwn(registry, name)
