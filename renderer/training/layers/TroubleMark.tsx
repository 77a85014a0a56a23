import { IconActivityHeartbeat, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Trouble } from '#shared/training/health'
import type { Icon } from '../../theme/icons'
import { share } from '../format'
import classes from './layers.module.css'
import type { LayerTrouble } from './useLayerTroubles'

const icons: Readonly<Record<Trouble, Icon>> = {
  vanishing: IconTrendingDown,
  exploding: IconTrendingUp,
  deadRelu: IconActivityHeartbeat,
}

/** What is wrong with a layer while it trains, and what can be tried. */
export const troubleHelp = ({ kind, dead }: LayerTrouble, t: TFunction): string =>
  t(`training.trouble.${kind}Help`, { share: share(dead) })

interface TroubleMarkProps {
  readonly trouble: LayerTrouble
  readonly className?: string | undefined
}

/** A trouble as an icon and in words, in one line. */
export function TroubleMark({ trouble, className }: TroubleMarkProps) {
  const { t } = useTranslation()
  const Icon = icons[trouble.kind]
  return (
    <span className={`${className ?? ''} ${classes.mark}`} data-trouble={trouble.kind}>
      <Icon size={14} aria-hidden="true" />
      <span>{t(`training.trouble.${trouble.kind}`, { share: share(trouble.dead) })}</span>
    </span>
  )
}
