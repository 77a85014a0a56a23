import { create } from 'zustand'

export type Answer = 'save' | 'discard' | 'cancel'

interface AskState {
  /** Set while the question is shown. */
  readonly answer: ((answer: Answer) => void) | null
}
export const useAsk = create<AskState>()(() => ({ answer: null }))

/** Asks what to do with unsaved changes. */
export const askUnsaved = (): Promise<Answer> =>
  new Promise((resolve) => {
    useAsk.setState({
      answer: (answer) => {
        useAsk.setState({ answer: null })
        resolve(answer)
      },
    })
  })
