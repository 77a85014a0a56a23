import { Button, Group, Select } from '@mantine/core'
import { IconFile, IconFolder } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppInfo, DataPlace } from '#shared/host'
import { useHost } from '../../host'
import { failureMessage } from '../../i18n/failures'
import { dataName, parseSpec } from './spec'
import { Upload } from './Upload'

interface Props {
  readonly spec: string
  onChoose(spec: string): void
}

/** Data of one's own: through the system's dialogs; in a browser what lies in the workspace, or an upload. */
export function FileChoice({ spec, onChoose }: Props) {
  const { t } = useTranslation()
  const host = useHost()
  const [info, setInfo] = useState<AppInfo | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    void host.request('app.info', {}).then((r) => r.ok && setInfo(r.value))
  }, [host])

  const pick = async (what: DataPlace) => {
    const picked = await host.request('data.pick', { what })
    setError(picked.ok ? null : picked.error.message)
    if (picked.ok && picked.value) onChoose(picked.value.spec)
  }
  if (info === null) return null
  return (
    <>
      {info.dialogs ? (
        <Group gap={8} grow>
          <Button variant="default" leftSection={<IconFile size={16} />} onClick={() => void pick('file')}>
            {t('training.data.chooseFile')}
          </Button>
          <Button variant="default" leftSection={<IconFolder size={16} />} onClick={() => void pick('folder')}>
            {t('training.data.chooseFolder')}
          </Button>
        </Group>
      ) : (
        <>
          <InWorkspace spec={spec} onChoose={onChoose} />
          <Upload workspace={info.workspace} onChoose={onChoose} />
        </>
      )}
      {error !== null && <span role="alert">{failureMessage(error)}</span>}
    </>
  )
}

/** The data that lies in the workspace; read anew after an upload and when the list is opened, since one copies files there meanwhile. */
function InWorkspace({ spec, onChoose }: Props) {
  const { t } = useTranslation()
  const host = useHost()
  const [specs, setSpecs] = useState<readonly string[]>([])
  const read = useCallback(() => void host.request('data.list', {}).then((r) => r.ok && setSpecs(r.value)), [host])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was just chosen may have been stored just now
  useEffect(read, [read, spec])
  const { source } = parseSpec(spec)
  return (
    <Select
      aria-label={t('training.data.inWorkspace')}
      placeholder={t('training.data.inWorkspace')}
      value={specs.includes(source) ? source : null}
      data={specs.map((value) => ({ value, label: dataName(value, t) }))}
      nothingFoundMessage={t('training.data.nothingInWorkspace')}
      searchable
      onDropdownOpen={read}
      onChange={(value) => value !== null && value !== source && onChoose(value)}
    />
  )
}
