import { Select, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exact } from '../../i18n/format'
import { HeldOutButton } from './HeldOutButton'
import type { SampleFormProps } from './TryView'
import classes from './try.module.css'

/** Fields beyond that are neither filled in by hand nor quick to draw; they keep what a held-out sample has there. */
const MAX_FIELDS = 200

/** One field per column of the table that the run learned from, or per number of a sample. It begins with a held-out sample. */
export function CellForm({ subject, sample, answer, onSample }: SampleFormProps) {
  const { t } = useTranslation()
  const count = subject.columns?.length ?? subject.shape.reduce((a, b) => a * b, 1)
  const [cells, setCells] = useState<readonly string[]>(() => Array.from({ length: count }, () => ''))
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    onSample({ kind: 'heldOut', index: 0 })
  }, [onSample])
  const given = answer?.cells
  useEffect(() => {
    if (given) setCells(given)
  }, [given])

  const type = (i: number, text: string) => {
    const next = cells.with(i, text)
    setCells(next)
    onSample({ kind: 'cells', cells: [...next] })
  }
  return (
    <>
      <div className={classes.sources}>
        <HeldOutButton sample={sample} onSample={onSample} />
      </div>
      <form className={classes.cells} onSubmit={(e) => e.preventDefault()} data-testid="try-cells">
        {cells.slice(0, MAX_FIELDS).map((cell, i) => {
          const column = subject.columns?.[i]
          const label = column && !/^\d+$/.test(column.name) ? column.name : t('results.try.cell', { n: i + 1 })
          const common = { label, size: 'xs', key: String(i), value: cell } as const
          return column?.texts ? (
            <Select {...common} key={common.key} data={[...column.texts]} onChange={(text) => type(i, text ?? '')} />
          ) : (
            <TextInput
              {...common}
              key={common.key}
              inputMode="decimal"
              onChange={(e) => type(i, e.currentTarget.value)}
            />
          )
        })}
      </form>
      {count > MAX_FIELDS && (
        <p className={classes.note}>{t('results.try.moreCells', { shown: MAX_FIELDS, all: exact(count) })}</p>
      )}
    </>
  )
}
