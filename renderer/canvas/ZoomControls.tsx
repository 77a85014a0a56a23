import { ActionIcon } from '@mantine/core'
import { IconArrowAutofitDown, IconArrowAutofitRight, IconMinus, IconPlus, IconZoomScan } from '@tabler/icons-react'
import { Panel, useReactFlow, useStore } from '@xyflow/react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../shell/useActions'
import { showAll } from './camera'
import css from './canvas.module.css'
import { useDirection } from './direction'
import type { FlowNode, WireEdge } from './flow'

/** Lower left: out, the zoom itself (a click returns to 100 %), in, fit, and which way the drawing flows. */
export const ZoomControls = memo(function ZoomControls() {
  const { t } = useTranslation()
  const flow = useReactFlow<FlowNode, WireEdge>()
  const { zoomIn, zoomOut, zoomTo } = flow
  const run = useActions()
  const right = useDirection() === 'right'
  const DirectionIcon = right ? IconArrowAutofitRight : IconArrowAutofitDown
  const zoom = useStore((s) => Math.round(s.transform[2] * 100))
  return (
    <Panel position="bottom-left" className={css.zoom ?? ''}>
      <ActionIcon aria-label={t('app.canvas.zoomOut')} title={t('app.canvas.zoomOut')} onClick={() => zoomOut()}>
        <IconMinus size={16} />
      </ActionIcon>
      <button type="button" className={css.percent} title={t('app.canvas.zoomReset')} onClick={() => zoomTo(1)}>
        {zoom} %
      </button>
      <ActionIcon aria-label={t('app.canvas.zoomIn')} title={t('app.canvas.zoomIn')} onClick={() => zoomIn()}>
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('app.canvas.fit')} title={t('app.canvas.fit')} onClick={() => showAll(flow)}>
        <IconZoomScan size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('app.actions.flowRight')}
        title={t('app.actions.flowRight')}
        aria-pressed={right}
        onClick={() => run('flowRight')}
      >
        <DirectionIcon size={16} stroke={1.75} />
      </ActionIcon>
    </Panel>
  )
})
