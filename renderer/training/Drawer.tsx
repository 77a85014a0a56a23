import { Tabs } from '@mantine/core'
import { type DrawerTab, useView } from '../store/view'

const tabs: readonly DrawerTab[] = ['data', 'train', 'runs', 'results']

/** The panel below the canvas: data, training, past runs, results. */
export function Drawer() {
  const { open, tab, height } = useView((s) => s.drawer)
  const showDrawer = useView((s) => s.showDrawer)
  return (
    <Tabs value={open ? tab : null} onChange={(value) => showDrawer(tabs.find((t) => t === value) ?? 'data')}>
      <Tabs.List>
        {tabs.map((t) => (
          <Tabs.Tab key={t} value={t}>
            {t}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {open && <div style={{ height }} />}
    </Tabs>
  )
}
