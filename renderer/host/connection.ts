import { create } from 'zustand'

/** Whether the host can be reached; only a socket can lose it. */
export const useConnection = create<{ readonly lost: boolean }>()(() => ({ lost: false }))
