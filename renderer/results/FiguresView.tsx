import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classReport } from '#shared/training/metrics'
import type { Mistake } from '#shared/training/run'
import { exact } from '../i18n/format'
import { notesOf, type Run } from '../runs/run'
import { bestEpoch } from '../training/curves/curves'
import { duration, engineLabel, figure, share } from '../training/format'
import { NoteList } from '../training/NoteList'
import { progressOf } from '../training/progress'
import { ClassTable } from './ClassTable'
import { ConfusionTable } from './ConfusionTable'
import { EpochTable } from './EpochTable'
import { Gallery, type Pair } from './Gallery'
import { Mistakes } from './Mistakes'
import classes from './results.module.css'
import { VerdictNotice } from './VerdictNotice'

/** How a training went and where its network is wrong. */
export function FiguresView({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  const { confusion } = run
  const mistakes = confusion?.mistakes ?? noMistakes
  const notes = notesOf(run)
  const [pair, setPair] = useState<Pair | null>(null)
  const showAll = useCallback(() => setPair(null), [])
  const report = useMemo(() => confusion && classReport(confusion.counts), [confusion])
  const noteList = notes.length > 0 && (
    <section className={classes.notes} data-testid="result-notes">
      <h3>{t('training.results.notes')}</h3>
      <NoteList notes={notes} />
    </section>
  )
  return (
    <div className={classes.tab}>
      <div className={classes.wide}>
        <VerdictNotice run={run} />
      </div>
      <section>
        <h3>{run.summary.name || t('training.runs.unnamed')}</h3>
        <FinalFigures run={run} />
      </section>
      {confusion && report ? (
        <>
          <section>
            <ConfusionTable confusion={confusion} pair={pair} onPair={setPair} />
          </section>
          {mistakes.length > 0 && <Gallery mistakes={mistakes} labels={confusion.labels} pair={pair} onAll={showAll} />}
          {noteList}
          <section>
            <h3>{t('training.results.perClass')}</h3>
            <ClassTable labels={confusion.labels} report={report} />
          </section>
          <section>
            <h3>{t('training.results.mistakes')}</h3>
            <Mistakes confusion={confusion} />
          </section>
        </>
      ) : (
        <>
          {noteList}
          <p className={classes.quiet}>
            {run.summary.state === 'running' ? t('training.results.later') : t('training.results.noConfusion')}
          </p>
        </>
      )}
      {run.curves.epochs.length > 0 && (
        <section>
          <h3>{t('training.results.perEpoch')}</h3>
          <EpochTable epochs={run.curves.epochs} best={bestEpoch(run.curves.epochs)?.epoch ?? null} />
        </section>
      )}
    </div>
  )
}

const noMistakes: readonly Mistake[] = []

function FinalFigures({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  const p = progressOf(run)
  const last = run.curves.epochs.at(-1)
  const best = bestEpoch(run.curves.epochs)
  const rows: readonly (readonly [string, string, string?])[] = [
    [t('training.runs.state'), t(`training.state.${run.summary.state}`)],
    ...(p.valAccuracy === null
      ? []
      : [[t('training.results.valAccuracy'), share(p.valAccuracy), 'final-val-accuracy'] as const]),
    [t('training.results.valLoss'), figure(p.valLoss)],
    ...(last?.accuracy == null ? [] : [[t('training.results.trainAccuracy'), share(last.accuracy)] as const]),
    [t('training.results.trainLoss'), figure(last?.loss ?? null)],
    [t('training.results.best'), best ? `${best.epoch} (${figure(best.valLoss ?? best.loss)})` : '–'],
    [t('training.results.epochs'), `${run.summary.epochsDone} / ${run.summary.epochs}`],
    ...(run.started
      ? [
          [
            t('training.results.samples'),
            `${exact(run.started.trainSamples)} + ${exact(run.started.validationSamples)}`,
          ] as const,
          [t('training.results.parameters'), exact(run.started.parameters)] as const,
        ]
      : []),
    [t('training.results.took'), duration(p.seconds, t)],
    [t('training.runs.engine'), engineLabel(run.summary.engine, t)],
  ]
  return (
    <dl className={classes.figures}>
      {rows.map(([name, value, testId]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-testid={testId}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
