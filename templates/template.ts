import type { Fields, ParamsOf } from '#shared/fields'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'

/** A classic network: what it is, and the code that draws it. */
export interface Template<F extends Fields = Fields> {
  readonly label: string
  readonly paper: string
  readonly year: number
  readonly doc: string
  readonly fields: F
  draw(b: Builder, p: ParamsOf<F>): void
}

export const defineTemplate = <const F extends Fields>(t: Template<F>): Template<F> => t

export function drawTemplate(template: Template, params: ParamsOf<Fields>): Graph {
  const b = new Builder()
  template.draw(b, params)
  return b.build()
}
