import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { blockTypes } from '#shared/blocks/index'
import { change } from '../canvas/change'
import { foldGroup } from '../canvas/fold'
import { viewGroups } from '../canvas/groups'
import { blockSummary, groupName, useLanguage } from '../i18n/names'
import { ProblemList } from '../shell/ProblemList'
import { useDocument } from '../store/document'
import { groupIcon as Icon } from '../theme/icons'
import { BlockForm } from './BlockForm'
import { CostRows, Part } from './Figures'
import css from './inspector.module.css'
import { NameField } from './NameField'
import { sumTotals } from './sums'
import { WeightsForm } from './WeightsForm'

/** A block or group: its name, what it was made from, and the sums over its layers. */
export function GroupPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  useLanguage()
  const graph = useDocument((s) => s.document.graph)
  const inference = useDocument((s) => s.inference)
  const view = viewGroups(graph).byId.get(id)
  if (!view) return null
  const { group, members } = view
  const problems = members.flatMap((m) => inference.node(m)?.problems ?? [])
  const block = blockTypes.find((b) => b === group.block?.type)
  return (
    <>
      <div className={css.heading}>
        <Icon size={20} stroke={1.5} color="var(--nl-muted)" />
        <NameField
          name={groupName(group)}
          label={t('app.inspector.name')}
          rename={(name) => change('rename', [{ type: 'setGroup', id, change: { name } }])}
        />
        <span className={css.type}>{t('app.canvas.layers', { count: members.length })}</span>
      </div>
      <div className={css.actions}>
        <Button variant="default" onClick={() => foldGroup(id, !group.collapsed)}>
          {group.collapsed ? t('app.canvas.unfold') : t('app.canvas.fold')}
        </Button>
        <Button variant="default" onClick={() => change('ungroup', [{ type: 'ungroup', id }])}>
          {t('app.actions.ungroup')}
        </Button>
      </div>
      {problems.length > 0 && (
        <Part title={t('app.inspector.problems')}>
          <ProblemList problems={problems} />
        </Part>
      )}
      {group.block && block && <BlockForm group={id} type={block} params={group.block.params} />}
      <WeightsForm ids={members} />
      <Part title={t('app.inspector.costs')}>
        <CostRows {...sumTotals(inference, members)} />
      </Part>
      {block && (
        <Part title={t('app.inspector.about')}>
          <p className={css.text}>{blockSummary(block)}</p>
        </Part>
      )}
    </>
  )
}
