import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { exact } from '../../i18n/format'
import { useLanguage } from '../../i18n/names'
import type { Run } from '../../runs/run'
import { LayerRow } from './LayerRow'
import classes from './layers.module.css'
import { runNodes, troublesIn } from './runNodes'

const columns = ['layer', 'state', 'gradient', 'update', 'mean', 'std', 'norm', 'dead'] as const

/** How each layer does: its gradient, its weights, how far a step moves them, and how many of its units are dead. */
export function LayersPanel({ run, switcher }: { readonly run: Run | null; readonly switcher: ReactNode }) {
  const { t } = useTranslation()
  useLanguage()
  const statistics = run?.statistics
  return (
    <div className={classes.panel}>
      <div className={classes.toolbar}>
        {switcher}
        {statistics && <span>{t('training.layers.at', { step: exact(statistics.step) })}</span>}
      </div>
      {run && statistics ? (
        <div className={classes.scroll}>
          <table className={classes.table} data-testid="layers">
            <thead>
              <tr>
                {columns.map((c) => (
                  <th key={c} scope="col" title={t(`training.layers.${c}Help`)}>
                    {t(`training.layers.${c}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {statistics.layers.map((layer) => (
                <LayerRow
                  key={layer.node}
                  layer={layer}
                  node={runNodes(run).get(layer.node)}
                  troubles={troublesIn(run).get(layer.node) ?? []}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className={classes.empty}>{run ? t('training.layers.none') : t('training.layers.empty')}</p>
      )}
    </div>
  )
}
