import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { builtInData, builtInOf } from '#shared/training/dataSets'
import { useDocument } from '../../store/document'
import { CsvOptions } from './CsvOptions'
import { FileChoice } from './FileChoice'
import { dataName, isCsv, isFile } from './spec'

const setData = (data: string) =>
  useDocument.getState().edit('chooseData', (d) => (d.data === data ? d : { ...d, data }))

/** The built-in set or data of one's own, and how to read a table. */
export function SourceForm() {
  const { t } = useTranslation()
  const spec = useDocument((s) => s.document.data)
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
            label={isFile(spec) ? dataName(spec, t) : t('training.data.ownData')}
            description={t('training.data.ownDataHelp')}
          />
        </Stack>
      </Radio.Group>
      <FileChoice spec={spec} onChoose={setData} />
      {isCsv(spec) && <CsvOptions spec={spec} onChange={setData} />}
    </Stack>
  )
}
