import { Select } from '@mantine/core'
import { IconFlame } from '@tabler/icons-react'
import { Panel } from '@xyflow/react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { bytes, short } from '../i18n/format'
import { useDocument } from '../store/document'
import { heats, useView } from '../store/view'
import css from './canvas.module.css'
import { heatMax } from './heat'

/** Upper right: what colours the nodes, and what the strongest colour means. */
export const HeatChooser = memo(function HeatChooser() {
  const { t } = useTranslation()
  const heat = useView((s) => s.heat)
  const setHeat = useView((s) => s.setHeat)
  const max = useDocument((s) => (heat === 'none' ? 0 : heatMax(heat, s.inference)))
  return (
    <Panel position="top-right" className={css.heat ?? ''}>
      {heat !== 'none' && (
        <span className={css.scale}>
          0 <i /> {heat === 'activations' ? bytes(max) : short(max)}
        </span>
      )}
      <Select
        w={156}
        aria-label={t('app.heat.title')}
        leftSection={<IconFlame size={14} stroke={1.5} />}
        value={heat}
        data={heats.map((h) => ({ value: h, label: t(`app.heat.${h}`) }))}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        onChange={(v) => setHeat(heats.find((h) => h === v) ?? 'none')}
      />
    </Panel>
  )
})
