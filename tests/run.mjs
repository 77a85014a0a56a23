// The whole test run: makes the checkout ready, runs every test once, and ends with one line that counts them. Where CI is set, a
// test that skips is a failure, unless it stands in allowed-skips.json.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { prepare, root } from '../bin/prepare.mjs'

prepare()
const folder = mkdtempSync(join(tmpdir(), 'netloom-tests-'))
const report = join(folder, 'report.json')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})

const counts = { passed: 0, failed: 0, skipped: 0 }
try {
  const allowed = JSON.parse(readFileSync(new URL('allowed-skips.json', import.meta.url), 'utf8'))
  for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    const path = relative(root, file.name).replaceAll('\\', '/')
    // A file that could not even be loaded has no tests to count.
    if (file.assertionResults.length === 0 && file.status === 'failed') counts.failed++
    for (const test of file.assertionResults) {
      const skipped = test.status !== 'passed' && test.status !== 'failed'
      const name = `${path} > ${test.fullName}`
      const unexpected = skipped && process.env.CI && !allowed.some((a) => name.startsWith(a.test))
      if (unexpected) console.error(`Skipped, though nothing may be skipped here: ${name}`)
      counts[unexpected ? 'failed' : skipped ? 'skipped' : test.status]++
    }
  }
} catch (e) {
  console.error(`The report of the tests could not be read: ${e.message}`)
  counts.failed++
}
rmSync(folder, { recursive: true })
if (status !== 0 && counts.failed === 0) counts.failed++
console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`)
process.exitCode = counts.failed === 0 ? 0 : 1
