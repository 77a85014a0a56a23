import '@mantine/core/styles.css'
import '../../../../renderer/theme/tokens.css'
import { MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { defaultTraining } from '#shared/training/config'
import { lenet5 } from '#templates/lenet'
import { drawTemplate } from '#templates/template'
import { ExportButton } from '../../../../renderer/export/ExportButton'
import { HostProvider } from '../../../../renderer/host'
import { startI18n } from '../../../../renderer/i18n'
import { useDocument } from '../../../../renderer/store/document'
import { useRuns } from '../../../../renderer/store/run'
import { useView } from '../../../../renderer/store/view'
import { cssVariables, theme } from '../../../../renderer/theme/theme'
import { Drawer } from '../../../../renderer/training/Drawer'
import { RunControls } from '../../../../renderer/training/RunControls'
import { createFakeHost } from './fakeHost'
import { digitConfusion, replay } from './figures'

/** The panels on a page of their own with a host that answers from memory; `window.harness` is how a test drives it. */
const query = new URLSearchParams(location.search)
startI18n(query.get('lang') === 'zh-CN' ? 'zh-CN' : 'en')

const host = createFakeHost()
const graph = drawTemplate(lenet5, { input: [28, 28, 1], classes: 10 })
useDocument.getState().open({ name: 'LeNet-5', graph, training: defaultTraining, data: 'digits' })
const harness = { host, useDocument, useRuns, useView, replay, digitConfusion }
export type Harness = typeof harness
Object.assign(window, { harness })

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme={query.get('scheme') === 'dark' ? 'dark' : 'light'}
    >
      <HostProvider host={host}>
        <div style={{ display: 'flex', flexDirection: 'column', height: '100vh' }}>
          <div style={{ display: 'flex', gap: 8, padding: 8, background: 'var(--nl-surface)' }}>
            <RunControls />
            <ExportButton />
          </div>
          <div style={{ flex: 1 }} />
          <Drawer />
        </div>
      </HostProvider>
    </MantineProvider>,
  )
