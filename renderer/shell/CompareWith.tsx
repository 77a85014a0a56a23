import { Button, FileButton, Select } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultsOf } from '#shared/fields'
import type { Graph } from '#shared/graph/graph'
import type { Requests } from '#shared/host'
import { parseProject, showProjectError } from '#shared/project/parse'
import { isTemplateName, type TemplateName, templateNames, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { useHost } from '../host'
import { fail } from './files'

/** A network to compare with: a template's, or that of a file. */
export interface Other {
  /** A template's name, or what the host calls a file; `file` for one from elsewhere. */
  readonly id: string
  readonly label: string
  readonly graph: Graph
}

export const templateAsOther = (name: TemplateName): Other => ({
  id: name,
  label: templates[name].label,
  graph: drawTemplate(templates[name], defaultsOf(templates[name].fields)),
})

type Files = Requests['file.list']['result']
const plain = (fileName: string): string => fileName.replace(/\.netloom$/, '')

/** Chooses it: a template, a network of the workspace, or a file from elsewhere. */
export function CompareWith({ other, onChoose }: { readonly other: Other; onChoose(other: Other): void }) {
  const { t } = useTranslation()
  const host = useHost()
  const [files, setFiles] = useState<Files>([])
  const [dialogs, setDialogs] = useState(false)
  useEffect(() => {
    void host.request('file.list', {}).then((r) => r.ok && setFiles(r.value))
    void host.request('app.info', {}).then((r) => setDialogs(r.ok && r.value.dialogs))
  }, [host])

  const take = (id: string, name: string, text: string) => {
    const project = parseProject(text)
    if (project.ok) onChoose({ id, label: project.value.name || plain(name), graph: project.value.graph })
    else fail(showProjectError(project.error))
  }
  const choose = async (id: string) => {
    if (isTemplateName(id)) return onChoose(templateAsOther(id))
    const file = files.some((f) => f.ref === id) ? await host.request('file.read', { ref: id }) : null
    if (file?.ok) take(id, file.value.name, file.value.text)
    else if (file) fail(file.error.message)
  }
  const pick = async () => {
    const file = await host.request('file.open', {})
    if (!file.ok) fail(file.error.message)
    else if (file.value) take('file', file.value.name, file.value.text)
  }
  const button = { variant: 'default', leftSection: <IconFolderOpen size={14} /> } as const
  return (
    <>
      <Select
        aria-label={t('app.compare.with')}
        value={other.id}
        searchable
        allowDeselect={false}
        w={260}
        data={[
          ...(other.id === 'file' ? [{ value: 'file', label: other.label }] : []),
          {
            group: t('app.compare.files'),
            items: files.map((f) => ({ value: f.ref, label: plain(f.name) })),
          },
          {
            group: t('app.bar.templates'),
            items: templateNames.map((n) => ({ value: n, label: templates[n].label })),
          },
        ]}
        onChange={(id) => id !== null && void choose(id)}
      />
      {dialogs ? (
        <Button {...button} onClick={() => void pick()}>
          {t('app.file.upload')}
        </Button>
      ) : (
        <FileButton
          accept=".netloom,application/json"
          onChange={async (f) => f && take('file', f.name, await f.text())}
        >
          {(props) => (
            <Button {...props} {...button}>
              {t('app.file.upload')}
            </Button>
          )}
        </FileButton>
      )}
    </>
  )
}
