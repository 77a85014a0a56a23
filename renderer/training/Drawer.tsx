import { ActionIcon, Tabs } from '@mantine/core'
import {
  IconChartLine,
  IconChevronDown,
  IconChevronUp,
  IconDatabase,
  IconHistory,
  IconTargetArrow,
} from '@tabler/icons-react'
import { type ComponentType, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host'
import { useConnection } from '../host/connection'
import { ResultsTab } from '../results/ResultsTab'
import { RunsTab } from '../runs/RunsTab'
import { useDocument } from '../store/document'
import { currentRun, runningRun, useRuns } from '../store/run'
import { type DrawerTab, useView } from '../store/view'
import { DataTab } from './data/DataTab'
import { useData } from './data/dataStore'
import { RunProgress } from './layers/RunProgress'
import { ResizeEdge } from './ResizeEdge'
import { TrainTab } from './TrainTab'
import classes from './training.module.css'

const tabs: Readonly<Record<DrawerTab, { readonly icon: typeof IconDatabase; readonly content: ComponentType }>> = {
  data: { icon: IconDatabase, content: DataTab },
  train: { icon: IconChartLine, content: TrainTab },
  runs: { icon: IconHistory, content: RunsTab },
  results: { icon: IconTargetArrow, content: ResultsTab },
}
const names = Object.keys(tabs) as DrawerTab[]
/** The bars and some of the canvas stay to be seen, also where the window has become smaller. In pixels. */
const REST = 260

/** The panel below the canvas: data, training, past runs, results. Folded, only its tabs are seen; a click on the open tab folds it. */
export function Drawer() {
  const { t } = useTranslation()
  const { open, tab, height } = useView((s) => s.drawer)
  const { showDrawer, setDrawer } = useView.getState()
  useTrainingEvents()
  const Content = tabs[tab].content
  return (
    <Tabs
      className={classes.drawer}
      value={open ? tab : null}
      onChange={(value) => showDrawer(names.find((n) => n === value) ?? tab)}
      data-testid="drawer"
    >
      <RunProgress />
      {open && <ResizeEdge height={height} onResize={(h) => setDrawer({ height: h })} />}
      <Tabs.List className={classes.tabs}>
        {names.map((name) => {
          const Icon = tabs[name].icon
          return (
            <Tabs.Tab
              key={name}
              value={name}
              leftSection={<Icon size={16} />}
              onClick={() => open && name === tab && setDrawer({ open: false })}
            >
              {t(`training.tab.${name}`)}
            </Tabs.Tab>
          )
        })}
        <ActionIcon
          className={classes.fold}
          aria-label={open ? t('training.action.fold') : t('training.action.unfold')}
          aria-expanded={open}
          onClick={() => setDrawer({ open: !open })}
        >
          {open ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
        </ActionIcon>
      </Tabs.List>
      {open && (
        <Tabs.Panel value={tab} className={classes.body} style={{ height: `min(${height}px, 100vh - ${REST}px)` }}>
          <Content />
        </Tabs.Panel>
      )}
    </Tabs>
  )
}

/** Follows the host's training events, whatever is shown; opens the drawer where something needs to be seen. */
function useTrainingEvents(): void {
  const host = useHost()
  useEffect(() => useRuns.getState().connect(host), [host])
  useEffect(
    () => useConnection.subscribe((now, before) => before.lost && !now.lost && void useRuns.getState().catchUp(host)),
    [host],
  )

  // Also for a run that another window started, or that went on while the page was reloaded.
  const going = useRuns((s) => s.pending === 'starting' || runningRun(s) !== null)
  const failed = useRuns((s) => currentRun(s)?.summary.state === 'failed' || s.error !== null)
  useEffect(() => {
    if (going || failed) useView.getState().showDrawer('train')
  }, [going, failed])

  // The data is read once there is a network that it could fit.
  const spec = useDocument((s) => s.document.data)
  const drawn = useDocument((s) => s.document.graph.nodes.length > 0)
  const looking = useView((s) => s.drawer.open && s.drawer.tab === 'data')
  useEffect(() => {
    if (drawn || looking) void useData.getState().describe(host, spec)
  }, [host, spec, drawn, looking])
}
