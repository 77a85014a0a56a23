import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { expect, test } from 'vitest'
import { root } from '../../bin/prepare.mjs'
import { electronBinary } from '../../electron/cli/electronBinary'
import { lenetByMouse } from './mouse'

const executablePath = electronBinary(root)

test('the same path in the real Electron', async ({ skip }) => {
  if (executablePath === null) return skip("Electron's own program is not installed")
  const folder = await mkdtemp(join(tmpdir(), 'netloom-electron-'))
  const [workspace, exports] = [join(folder, 'workspace'), join(folder, 'exports')]
  const app = await _electron.launch({
    executablePath,
    args: ['--no-sandbox', `--user-data-dir=${join(folder, 'user')}`, '--lang=en-US', root],
    env: { ...process.env, NETLOOM_WORKSPACE: workspace },
  })
  try {
    // The system's dialogs cannot be clicked by a test: they answer at once.
    await app.evaluate(
      ({ dialog }, folders) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folders.exports] })
      },
      { exports },
    )
    const page = await app.firstWindow()
    const complaints: string[] = []
    page.on('pageerror', (e) => complaints.push(e.message))
    await lenetByMouse({
      page,
      workspace,
      exports,
      picture: async () => {},
      async saveAs(name) {
        await app.evaluate(
          ({ dialog }, filePath) => {
            dialog.showSaveDialog = async () => ({ canceled: false, filePath })
          },
          join(workspace, `${name}.netloom`),
        )
        await page.keyboard.press('Control+s')
      },
    })
    expect(complaints).toEqual([])
  } finally {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 600_000)
