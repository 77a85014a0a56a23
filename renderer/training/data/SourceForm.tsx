import { Button, FileButton, Radio, Stack } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { builtInData, builtInOf } from '#shared/training/dataSets'
import { useHost } from '../../host'
import { useDocument } from '../../store/document'
import { CsvOptions } from './CsvOptions'
import { dataName, isCsv, isFile } from './spec'

const setData = (data: string) =>
  useDocument.getState().edit('chooseData', (d) => (d.data === data ? d : { ...d, data }))

/** The built-in set or a table of one's own, and how to read the table. */
export function SourceForm() {
  const { t } = useTranslation()
  const host = useHost()
  const spec = useDocument((s) => s.document.data)
  const [dialogs, setDialogs] = useState(false)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    void host.request('app.info', {}).then((info) => setDialogs(info.ok && info.value.dialogs))
  }, [host])

  async function pick() {
    const picked = await host.request('data.pick', {})
    setError(picked.ok ? null : picked.error.message)
    if (picked.ok && picked.value) setData(picked.value.spec)
  }
  async function upload(file: File | null) {
    if (!file) return
    const stored = await host.request('data.import', { name: file.name, text: await file.text() })
    setError(stored.ok ? null : stored.error.message)
    if (stored.ok) setData(stored.value.spec)
  }
  const chooser = { variant: 'default', leftSection: <IconFileSpreadsheet size={16} /> } as const
  const choose = t(isFile(spec) ? 'training.data.otherFile' : 'training.data.chooseFile')
  return (
    <Stack gap={8}>
      <Radio.Group
        label={t('training.data.source')}
        value={isFile(spec) ? 'file' : (builtInOf(spec) ?? '')}
        onChange={(value) => builtInOf(value) && setData(value)}
      >
        <Stack gap={6} mt={6}>
          {builtInData.map((name) => (
            <Radio
              key={name}
              size="xs"
              value={name}
              label={t(`training.data.builtIn.${name}`)}
              description={t(`training.data.builtInHelp.${name}`)}
            />
          ))}
          <Radio
            size="xs"
            value="file"
            disabled={!isFile(spec)}
            label={isFile(spec) ? dataName(spec, t) : t('training.data.csv')}
            description={t('training.data.csvHelp')}
          />
        </Stack>
      </Radio.Group>
      {dialogs ? (
        <Button {...chooser} onClick={() => void pick()}>
          {choose}
        </Button>
      ) : (
        <FileButton accept=".csv,.tsv,.txt,.data,text/csv" onChange={(file) => void upload(file)}>
          {(props) => (
            <Button {...props} {...chooser}>
              {choose}
            </Button>
          )}
        </FileButton>
      )}
      {error !== null && <span role="alert">{error}</span>}
      {isCsv(spec) && <CsvOptions spec={spec} onChange={setData} />}
    </Stack>
  )
}
