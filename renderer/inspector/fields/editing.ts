import type { FieldValue } from '#shared/fields'
import { graphEdit, useDocument } from '../../store/document'

/** What an editor of one field is given; `value` is undefined where several layers differ. */
export interface Editing<V extends FieldValue = FieldValue> {
  readonly id: string
  readonly value: V | undefined
  readonly invalid: boolean
  /** Shows a value at once in the whole network. */
  set(value: V): void
  /** Makes all that was set since the last time one undo step. */
  done(): void
}

/** Sets one parameter of one or several layers. */
export const setParam = (ids: readonly string[], name: string, value: FieldValue): void =>
  useDocument
    .getState()
    .preview(graphEdit(...ids.map((id) => ({ type: 'setParams' as const, id, params: { [name]: value } }))))

export const commitParam = (): void => useDocument.getState().commit('setParams')
