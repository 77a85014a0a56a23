import { Button, Code, Group, Modal, Radio, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serializeProject } from '#shared/project/serialize'
import { type ExportFormat, type ExportReport, exportFormats } from '#shared/training/run'
import { useHost } from '../host'
import { failureMessage } from '../i18n/failures'
import { exact } from '../i18n/format'
import { isTrained } from '../runs/run'
import { runLabel } from '../runs/runLabel'
import { useDocument } from '../store/document'
import { useRuns } from '../store/run'
import { Notice } from '../training/Notice'

type Outcome =
  | { readonly kind: 'done'; readonly report: ExportReport }
  | { readonly kind: 'failed'; readonly message: string }
  | null

/** In place of a run: what is drawn. */
const DRAWING = ''

/** Which run, or the drawing, in which format; then where it lies and how far it differs from what is here. */
export function ExportDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const host = useHost()
  const trained = useRuns((s) => s.list).filter(isTrained)
  const current = useRuns((s) => s.current)
  const [runId, setRunId] = useState((trained.find((r) => r.id === current) ?? trained[0])?.id ?? DRAWING)
  const [format, setFormat] = useState<ExportFormat>('tfjs')
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>(null)

  async function save() {
    setBusy(true)
    setOutcome(null)
    const answer =
      runId === DRAWING
        ? await host.request('project.export', { project: serializeProject(useDocument.getState().document), format })
        : await host.request('runs.export', { runId, format })
    setBusy(false)
    if (!answer.ok) setOutcome({ kind: 'failed', message: answer.error.message })
    else if (answer.value) setOutcome({ kind: 'done', report: answer.value })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('training.export.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('training.action.close') }}
    >
      <Stack gap={12}>
        <Select
          label={t('training.export.run')}
          value={runId}
          onChange={(id) => {
            setRunId(id ?? runId)
            setOutcome(null)
          }}
          data={[
            ...trained.map((r) => ({ value: r.id, label: runLabel(r, t) })),
            { value: DRAWING, label: t('training.export.drawing') },
          ]}
          allowDeselect={false}
        />
        <Radio.Group
          label={t('training.export.format')}
          value={format}
          onChange={(value) => {
            setFormat(exportFormats.find((f) => f === value) ?? format)
            setOutcome(null)
          }}
        >
          {exportFormats.map((f) => (
            <Radio
              key={f}
              mt={6}
              size="xs"
              value={f}
              label={t(`results.export.${f}.name`)}
              description={t(`results.export.${f}.help`)}
            />
          ))}
        </Radio.Group>
        <Text fz={12} c="dimmed" data-testid="export-writes">
          {t('results.export.writes')}: {t(`results.export.${format}.writes`)}
        </Text>
        {outcome?.kind === 'failed' && (
          <Notice tone="error" title={t('training.export.failed')}>
            {failureMessage(outcome.message)}
          </Notice>
        )}
        {outcome?.kind === 'done' && <Done report={outcome.report} format={format} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('training.action.close')}
          </Button>
          <Button loading={busy} onClick={() => void save()} data-testid="export-save">
            {outcome?.kind === 'done' ? t('training.export.again') : t('training.export.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Done({ report, format }: { readonly report: ExportReport; readonly format: ExportFormat }) {
  const { t } = useTranslation()
  const { untrained } = report
  return (
    <Notice tone="good" title={t('training.export.done')} testId="export-result">
      <Code style={{ overflowWrap: 'anywhere' }}>{report.folder}</Code>
      <Text fz={12}>{report.files.join(', ')}</Text>
      {untrained && <Text fz={12}>{t('training.export.untrained', { seed: untrained.seed })}</Text>}
      {untrained && !untrained.data && format === 'torch-project' && <Text fz={12}>{t('training.export.noData')}</Text>}
      {untrained?.unscaled && <Text fz={12}>{t('training.export.unscaled')}</Text>}
      <Text fz={12} data-difference={report.maxDifference}>
        {report.maxDifference === null
          ? t('results.export.unchecked', { reason: report.unchecked ?? '' })
          : t('training.export.check', {
              difference: report.maxDifference === 0 ? '0' : report.maxDifference.toExponential(1),
              n: exact(report.samplesChecked),
            })}
      </Text>
    </Notice>
  )
}
