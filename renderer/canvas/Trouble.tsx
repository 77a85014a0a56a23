import { IconAlertTriangleFilled, IconCircleXFilled, IconInfoCircleFilled } from '@tabler/icons-react'
import type { Problem, Severity } from '#shared/problems'
import { problemText } from '../i18n/problems'
import type { Icon } from '../theme/icons'
import css from './node.module.css'

export const severityIcons: Readonly<Record<Severity, Icon>> = {
  error: IconCircleXFilled,
  warning: IconAlertTriangleFilled,
  advice: IconInfoCircleFilled,
}
const order: readonly Severity[] = ['error', 'warning', 'advice']

/** The gravest of several problems. */
export const severityOf = (problems: readonly Problem[]): Severity | undefined =>
  order.find((s) => problems.some((p) => p.severity === s))

/** A problem in one line, cut where there is no more room. */
export function Trouble({ problem }: { readonly problem: Problem }) {
  const Icon = severityIcons[problem.severity]
  return (
    <div className={`${css.line} ${css.trouble} ${css[problem.severity]}`} data-testid="problem">
      <Icon size={14} aria-label={problem.severity} />
      <span>{problemText(problem)}</span>
    </div>
  )
}
