import { ReactFlowProvider } from '@xyflow/react'
import { Canvas } from '../canvas/Canvas'
import { useClipboard } from '../canvas/useClipboard'
import { EnginesDialog } from '../engines/EnginesDialog'
import { Inspector } from '../inspector/Inspector'
import { Palette } from '../palette/Palette'
import { Drawer } from '../training/Drawer'
import { BlockDialog } from './BlockDialog'
import { CommandPalette } from './CommandPalette'
import { CompareDialog } from './CompareDialog'
import { OpenDialog } from './OpenDialog'
import { SaveDialog } from './SaveDialog'
import { ShortcutsDialog } from './ShortcutsDialog'
import { StatusLine } from './StatusLine'
import css from './shell.module.css'
import { Tips } from './Tips'
import { TopBar } from './TopBar'
import { Tour } from './Tour'
import { UnsavedDialog } from './UnsavedDialog'
import { useShortcuts } from './useActions'
import { useFileDrops } from './useFileDrops'
import { useGivenFile } from './useGivenFile'
import { useTitle } from './useTitle'

/** The main window: top bar, palette, canvas, inspector, drawer, status line. */
export const Window = () => (
  <ReactFlowProvider>
    <Panels />
  </ReactFlowProvider>
)

function Panels() {
  useShortcuts()
  useClipboard()
  useTitle()
  useGivenFile()
  useFileDrops()
  return (
    <div className={css.window}>
      <TopBar />
      <div className={css.middle}>
        <Palette />
        <main className={css.canvas}>
          <Canvas />
        </main>
        <Inspector />
      </div>
      <Drawer />
      <StatusLine />
      <BlockDialog />
      <CommandPalette />
      <CompareDialog />
      <EnginesDialog />
      <OpenDialog />
      <SaveDialog />
      <ShortcutsDialog />
      <UnsavedDialog />
      <Tour />
      <Tips />
    </div>
  )
}
