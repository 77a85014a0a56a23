import { Button, Chip, Group, SegmentedControl, Slider } from '@mantine/core'
import { IconZoomReset } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './curves.module.css'
import { useCurveView } from './curveView'
import { xModes } from './runLines'

interface CurveToolbarProps {
  readonly switcher?: ReactNode
  /** Where the cursor stands. */
  readonly at: string
  readonly zoomed: boolean
  onReset(): void
}

/** How curves are drawn. Many controls, and no need to draw them again as the curves grow. */
export const CurveToolbar = memo(function CurveToolbar({ switcher, at, zoomed, onReset }: CurveToolbarProps) {
  const { t } = useTranslation()
  const { x, logX, logY, smoothing, set } = useCurveView()
  return (
    <div className={classes.toolbar}>
      {switcher}
      <SegmentedControl
        size="xs"
        aria-label={t('training.curves.x')}
        value={x}
        onChange={(value) => set({ x: xModes.find((m) => m === value) ?? 'step' })}
        data={xModes.map((value) => ({ value, label: t(`training.curves.by.${value}`) }))}
      />
      <Group gap={4} role="group" aria-label={t('training.curves.log.title')}>
        <Chip size="xs" checked={logX} onChange={(on) => set({ logX: on })}>
          {t('training.curves.log.x')}
        </Chip>
        <Chip size="xs" checked={logY} onChange={(on) => set({ logY: on })}>
          {t('training.curves.log.y')}
        </Chip>
      </Group>
      <div className={classes.smoothing}>
        <span>{t('training.curves.smoothing')}</span>
        <Slider
          size="xs"
          w={96}
          min={0}
          max={0.99}
          step={0.01}
          label={(v) => v.toFixed(2)}
          thumbProps={{ 'aria-label': t('training.curves.smoothing') }}
          value={smoothing}
          onChange={(v) => set({ smoothing: v })}
        />
      </div>
      {zoomed && (
        <Button variant="subtle" leftSection={<IconZoomReset size={16} />} onClick={onReset}>
          {t('training.curves.resetZoom')}
        </Button>
      )}
      <span className={classes.at}>{at}</span>
    </div>
  )
})
