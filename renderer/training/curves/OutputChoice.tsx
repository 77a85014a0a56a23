import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const ALL = 'all'

interface OutputChoiceProps {
  /** Their names. */
  readonly outputs: readonly string[]
  /** Place of the one whose loss is shown; null: the sum that is trained for. */
  readonly output: number | null
  onChoose(output: number | null): void
}

/** Whose loss is drawn, of a network with several outputs. */
export function OutputChoice({ outputs, output, onChoose }: OutputChoiceProps) {
  const { t } = useTranslation()
  return (
    <Select
      size="xs"
      w={160}
      aria-label={t('training.curves.outputs')}
      data-testid="curve-output"
      allowDeselect={false}
      value={output === null ? ALL : String(output)}
      data={[
        { value: ALL, label: t('training.curves.allOutputs') },
        ...outputs.map((name, i) => ({ value: String(i), label: t('training.curves.lossOf', { output: name }) })),
      ]}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      onChange={(value) => onChoose(value === null || value === ALL ? null : Number(value))}
    />
  )
}
