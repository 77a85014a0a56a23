import type { Action } from './action'
import { addComment } from './addComment'
import { aligns } from './align'
import { arrange } from './arrange'
import { clearSelection } from './clearSelection'
import { commandPalette } from './commandPalette'
import { compare } from './compare'
import { connectSelection } from './connectSelection'
import { copy } from './copy'
import { copyTable } from './copyTable'
import { cut } from './cut'
import { deleteSelection } from './deleteSelection'
import { downloadFile } from './downloadFile'
import { duplicate } from './duplicate'
import { editField } from './editField'
import { engines } from './engines'
import { fitAll } from './fitAll'
import { fitSelection } from './fitSelection'
import { flowRight } from './flowRight'
import { foldAll } from './foldAll'
import { freeze, unfreeze } from './freeze'
import { group } from './group'
import { newFile } from './newFile'
import { nudges } from './nudge'
import { openFile } from './openFile'
import { paste } from './paste'
import { pauseTraining } from './pauseTraining'
import { picturePng, pictureSvg } from './picture'
import { redo } from './redo'
import { saveBlock } from './saveBlock'
import { saveFile } from './saveFile'
import { saveFileAs } from './saveFileAs'
import { searchPalette } from './searchPalette'
import { selectAll } from './selectAll'
import { shortcuts } from './shortcuts'
import { snapToGrid } from './snapToGrid'
import { stopTraining } from './stopTraining'
import { tour } from './tour'
import { train } from './train'
import { undo } from './undo'
import { unfoldAll } from './unfoldAll'
import { ungroup } from './ungroup'
import { walks } from './walk'

const file = { newFile, openFile, saveFile, saveFileAs, downloadFile, picturePng, pictureSvg }
const edit = {
  undo,
  redo,
  cut,
  copy,
  paste,
  duplicate,
  deleteSelection,
  selectAll,
  clearSelection,
  connectSelection,
  editField,
  addComment,
  copyTable,
  ...walks,
  ...nudges,
}
const draw = {
  group,
  ungroup,
  saveBlock,
  freeze,
  unfreeze,
  foldAll,
  unfoldAll,
  arrange,
  flowRight,
  snapToGrid,
  ...aligns,
}
const training = { train, pauseTraining, stopTraining, engines }
const view = { fitAll, fitSelection, compare, searchPalette, commandPalette, shortcuts, tour }

const registry = { ...file, ...edit, ...draw, ...training, ...view }

export type ActionId = keyof typeof registry
/** Every command there is. */
export const actions: Readonly<Record<ActionId, Action>> = registry
export const actionIds = Object.keys(registry) as ActionId[]
/** How menus and the list of shortcuts put them together. */
export const sections = {
  file: Object.keys(file) as (keyof typeof file)[],
  edit: Object.keys(edit) as (keyof typeof edit)[],
  draw: Object.keys(draw) as (keyof typeof draw)[],
  training: Object.keys(training) as (keyof typeof training)[],
  view: Object.keys(view) as (keyof typeof view)[],
}
