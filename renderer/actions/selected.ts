import { layersOf } from '../canvas/groups'
import { useDocument } from '../store/document'
import { useView } from '../store/view'

export const graphNow = () => useDocument.getState().document.graph
/** Ids of the layers that the selection means; those of selected groups too. */
export const selectedLayers = (): readonly string[] => layersOf(graphNow(), useView.getState().selection)
export const anySelected = (): boolean => useView.getState().selection.size > 0
