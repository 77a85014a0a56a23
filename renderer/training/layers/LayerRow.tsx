import { UnstyledButton } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { findNode, type GraphNode } from '#shared/graph/graph'
import type { Trouble } from '#shared/training/health'
import type { LayerStatistics } from '#shared/training/run'
import { nodeName } from '../../i18n/names'
import { useDocument } from '../../store/document'
import { useView } from '../../store/view'
import { nodeColor, nodeIcon } from '../../theme/icons'
import { figure, share } from '../format'
import classes from './layers.module.css'
import { TroubleMark, troubleHelp } from './TroubleMark'

interface LayerRowProps {
  readonly layer: LayerStatistics
  /** The layer as it was trained. */
  readonly node: GraphNode | undefined
  readonly troubles: readonly Trouble[]
}

/** One layer's figures; a click on its name selects it on the canvas. */
export function LayerRow({ layer: { node: id, weights, update, dead }, node, troubles }: LayerRowProps) {
  const { t } = useTranslation()
  const drawn = useDocument((s) => findNode(s.document.graph, id) !== undefined)
  const Icon = node && nodeIcon(node)
  return (
    <tr data-layer={id}>
      <th scope="row">
        <UnstyledButton
          fz="inherit"
          className={classes.name}
          disabled={!drawn}
          onClick={() => useView.getState().select([id])}
        >
          {Icon && <Icon size={14} color={nodeColor(node)} aria-hidden="true" />}
          {node ? nodeName(node) : id}
        </UnstyledButton>
      </th>
      <td>
        {troubles.length === 0 ? (
          <span className={classes.good}>
            <IconCircleCheck size={14} aria-hidden="true" />
            {t('training.layers.good')}
          </span>
        ) : (
          troubles.map((kind) => (
            <span key={kind} title={troubleHelp({ kind, dead: dead ?? 0 }, t)}>
              <TroubleMark trouble={{ kind, dead: dead ?? 0 }} />
            </span>
          ))
        )}
      </td>
      <td>{figure(weights?.gradient ?? null)}</td>
      <td>{update === null ? '–' : update < 0.001 ? update.toExponential(1) : share(update)}</td>
      <td>{figure(weights?.mean ?? null)}</td>
      <td>{figure(weights?.std ?? null)}</td>
      <td>{figure(weights?.norm ?? null)}</td>
      <td>{share(dead)}</td>
    </tr>
  )
}
