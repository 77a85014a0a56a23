import { useEffect } from 'react'
import { useHost } from '../host'
import { leave, openRef } from './files'

/** Opens the project that the system or the command line asks for: at the start, and whenever another one comes. */
export function useGivenFile(): void {
  const host = useHost()
  useEffect(() => {
    const open = async () => {
      const given = await host.request('file.given', {})
      if (given.ok && given.value !== null && (await leave(host))) await openRef(host, given.value)
    }
    void open()
    return host.on('given', () => void open())
  }, [host])
}
