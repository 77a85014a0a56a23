import type { DataPlace } from '#shared/host'

/** The system's file dialogs, where there are any. Each gives absolute paths, or null when cancelled. */
export interface Dialogs {
  openProject(): Promise<string | null>
  openData(what: DataPlace): Promise<string | null>
  saveProject(name: string): Promise<string | null>
  chooseFolder(): Promise<string | null>
}
