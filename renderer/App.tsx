import { Button } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Host } from '#shared/host'
import { HostProvider } from './host'
import { failureMessage } from './i18n/failures'
import { restoreSession } from './shell/session'
import css from './shell/shell.module.css'
import { Window } from './shell/Window'

type Connection = 'connecting' | { readonly host: Host } | { readonly error: string }

/** The whole interface. `connect` finds the host; tests pass one of their own. */
export function App({ connect }: { readonly connect: () => Promise<Host> }) {
  const { t } = useTranslation()
  const [connection, setConnection] = useState<Connection>('connecting')
  const started = useRef(false)

  const start = useCallback(async () => {
    setConnection('connecting')
    try {
      const host = await connect()
      await restoreSession(host)
      setConnection({ host })
    } catch (e) {
      setConnection({ error: e instanceof Error ? e.message : String(e) })
    }
  }, [connect])

  useEffect(() => {
    // Strict mode runs effects twice; one connection is enough.
    if (started.current) return
    started.current = true
    void start()
  }, [start])

  if (connection === 'connecting') return <div className={css.splash}>{t('app.connecting')}</div>
  if ('error' in connection)
    return (
      <div className={css.splash} role="alert">
        <strong>{t('app.notConnected')}</strong>
        <p>{failureMessage(connection.error)}</p>
        <Button onClick={() => void start()}>{t('app.tryAgain')}</Button>
      </div>
    )
  return (
    <HostProvider host={connection.host}>
      <Window />
    </HostProvider>
  )
}
