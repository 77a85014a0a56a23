import { notifications } from '@mantine/notifications'
import { IconTable } from '@tabler/icons-react'
import i18next from 'i18next'
import { writeClipboard } from '../shell/clipboard'
import { layerTable } from '../shell/layerTable'
import { useDocument } from '../store/document'
import { defineAction } from './action'
import { graphNow } from './selected'

export const copyTable = defineAction({
  icon: IconTable,
  enabled: () => graphNow().nodes.length > 0,
  async run() {
    const { document, inference } = useDocument.getState()
    if (await writeClipboard(layerTable(document.graph, inference, i18next.t)))
      notifications.show({ message: i18next.t('app.table.copied'), autoClose: 4000 })
  },
})
