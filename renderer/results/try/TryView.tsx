import { Button, Loader } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sample, TryAnswer, TrySubject } from '#shared/training/try'
import { failureMessage } from '../../i18n/failures'
import { noteMessage } from '../../i18n/notes'
import type { Run } from '../../runs/run'
import { Notice, NoticeLine } from '../../training/Notice'
import { Answer } from './Answer'
import { CellForm } from './CellForm'
import { FeatureMaps } from './FeatureMaps'
import { HeldOutButton } from './HeldOutButton'
import { PictureForm } from './PictureForm'
import { Seen } from './Seen'
import classes from './try.module.css'
import { useAsk } from './useAsk'
import { useLayer } from './useLayer'

/** What the trained network says about a sample that one draws, chooses, types or takes from the data, and what its layers make of it. */
export function TryView({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  const { subject, answer, error: refusal, busy, ask, open } = useAsk(run.summary.id)
  const [unasked, setUnasked] = useState<string | null>(null)
  const error = unasked ?? refusal
  const [sample, setSample] = useState<Sample | null>(null)
  const { layer, setLayer } = useLayer(subject)
  const [all, setAll] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` always does the same.
  useEffect(() => {
    ask(sample && { sample, layer, all })
  }, [sample, layer, all])

  const trouble = error !== null && (
    <Notice tone="error" title={t('results.try.failed')} testId="try-error">
      <NoticeLine
        action={
          !subject && (
            <Button variant="default" onClick={open}>
              {t('results.try.again')}
            </Button>
          )
        }
      >
        {failureMessage(error)}
      </NoticeLine>
    </Notice>
  )
  if (!subject)
    return (
      <div className={classes.alone}>
        {trouble || (
          <p className={classes.quiet} role="status">
            <Loader size={14} /> {t('results.try.opening')}
          </p>
        )}
      </div>
    )
  const Form = formOf(subject)
  return (
    <div className={classes.try} data-testid="try" aria-busy={busy}>
      <section className={classes.sample} aria-label={t('results.try.sample')}>
        <Form subject={subject} sample={sample} answer={answer} onSample={setSample} onTrouble={setUnasked} />
      </section>
      <section className={classes.verdict} aria-label={t('results.try.answer')}>
        {trouble}
        {answer ? (
          <>
            <Answer subject={subject} answer={answer} />
            {kindOf(subject) === 'other' && <Seen answer={answer} />}
            {answer.notes.map((note) => (
              <p key={note.code} className={classes.note}>
                {noteMessage(note)}
              </p>
            ))}
          </>
        ) : (
          error === null && (
            <p className={classes.quiet} role="status">
              {sample ? (
                <>
                  <Loader size={14} /> {t('results.try.asking')}
                </>
              ) : (
                t(`results.try.empty.${kindOf(subject)}`)
              )}
            </p>
          )
        )}
      </section>
      <FeatureMaps
        subject={subject}
        answer={answer}
        layer={layer}
        all={all}
        onLayer={setLayer}
        onAll={() => setAll(true)}
      />
    </div>
  )
}

type Kind = 'picture' | 'cells' | 'other'

/** How one can give such a run a sample. */
function kindOf({ shape, columns }: TrySubject): Kind {
  if (columns && shape.length === 1) return 'cells'
  const [height = 0, width = 0, channels = 0, ...more] = shape
  if (more.length === 0 && height > 1 && width > 1 && (channels === 1 || channels === 3)) return 'picture'
  return shape.length === 1 ? 'cells' : 'other'
}

export interface SampleFormProps {
  readonly subject: TrySubject
  readonly sample: Sample | null
  readonly answer: TryAnswer | null
  onSample(sample: Sample | null): void
  /** Something cannot even be asked; null when that is over. */
  onTrouble(message: string | null): void
}

const forms: Readonly<Record<Kind, (props: SampleFormProps) => ReactNode>> = {
  picture: PictureForm,
  cells: CellForm,
  other: HeldOutButton,
}
const formOf = (subject: TrySubject) => forms[kindOf(subject)]
