import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './notice.module.css'

const icons = { error: IconAlertTriangle, warning: IconAlertTriangle, advice: IconInfoCircle, good: IconCircleCheck }

interface NoticeProps {
  readonly tone: keyof typeof icons
  readonly title?: string
  readonly children: ReactNode
  readonly testId?: string
  readonly onClose?: () => void
}

/** Something that happened or stands in the way, said in place. */
export function Notice({ tone, title, children, testId, onClose }: NoticeProps) {
  const { t } = useTranslation()
  const Icon = icons[tone]
  return (
    <div
      className={classes.notice}
      data-tone={tone}
      role={tone === 'error' || tone === 'warning' ? 'alert' : 'status'}
      data-testid={testId}
    >
      <Icon size={18} aria-hidden="true" />
      <div className={classes.content}>
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
      {onClose && (
        <UnstyledButton aria-label={t('training.action.dismiss')} onClick={onClose}>
          <IconX size={16} />
        </UnstyledButton>
      )}
    </div>
  )
}

/** A sentence with what can be done about it at its end. */
export function NoticeLine({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={classes.line}>
      <span>{children}</span>
      {action}
    </div>
  )
}
