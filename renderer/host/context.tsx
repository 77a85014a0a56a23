import { createContext, type ReactNode, useContext } from 'react'
import type { Host } from '#shared/host'
import { LostConnection } from './LostConnection'

const HostContext = createContext<Host | null>(null)

export function HostProvider({ host, children }: { readonly host: Host; readonly children: ReactNode }) {
  return (
    <HostContext value={host}>
      <LostConnection />
      {children}
    </HostContext>
  )
}

/** The host, as a value: tests pass a fake one. */
export function useHost(): Host {
  const host = useContext(HostContext)
  if (!host) throw new Error('useHost was called outside HostProvider. Wrap the component in HostProvider.')
  return host
}
