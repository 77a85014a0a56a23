import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { note } from '#shared/training/notes'
import { evaluateRun } from '../../../electron/trainer/evaluateRun'
import { readInputs } from '../../../electron/trainer/predictRows'
import type { RunFile } from '../../../electron/trainer/runFile'
import { readRunFile } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { logistic, project } from './networks'

let work = ''
const at = (name: string) => join(work, name)
const runs: Record<string, RunFile> = {}

/** Trains for a moment on a table, so that the run file is a real one. */
async function train(name: string, rows: readonly string[], options: string, width: number) {
  writeFileSync(at(`${name}.csv`), rows.join('\n'))
  const settings = project(logistic([width], 2), `csv:${at(`${name}.csv`)}${options}`, {
    epochs: 1,
    validationSplit: 0,
  })
  const never = new AbortController().signal
  const result = await runTraining({ project: settings, engine: 'wasm', folder: at(name), id: name }, () => {}, never)
  if (!result.ok) throw new Error(result.error.message)
  const run = await readRunFile(at(name))
  if (!run.ok) throw new Error(run.error.message)
  runs[name] = run.value
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'netloom-predict-'))
  const people = ['id,city,age,buys', '1,Paris,20,no', '2,Rome,40,yes', '3,Oslo,30,no', '4,Rome,,yes']
  await train('people', people, '?ignore=id&missing=-1&scale=10', 4)
  await train('strict', people, '?ignore=id', 4)
  await train('bare', ['1,2,a', '3,4,b', '5,6,a'], '', 2)
})
afterAll(() => rmSync(work, { recursive: true }))

async function read(run: string, text: string) {
  writeFileSync(at('new.csv'), text)
  const file = runs[run]
  if (!file) throw new Error(`No run ${run}.`)
  const result = await readInputs(at('new.csv'), file)
  return result.ok
    ? { values: Array.from(result.value.values, (v) => Number(v.toFixed(6))), notes: result.value.notes }
    : result.error.message.replace(at('new.csv'), 'FILE')
}
// Oslo, Paris, Rome; age ÷ 10.
const rome = [0, 0, 1, 4]

test('columns are found by name, in any order; the label and what was ignored may be there', async () => {
  expect(await read('people', 'city,age\nRome,40\n')).toEqual({ values: rome, notes: [] })
  expect(await read('people', 'age,city\n40,Rome\n')).toEqual({ values: rome, notes: [] })
  expect(await read('people', 'id,buys,age,city\n7,no,40,Rome\n')).toEqual({ values: rome, notes: [] })
  expect(await read('people', 'city,colour,age\nRome,red,40\n')).toEqual({
    values: rome,
    notes: [note('columnUnused', { column: 'colour' })],
  })
})

test('without names by place: the inputs alone, or all the columns that there were', async () => {
  expect(await read('people', 'Rome,40\nParis,20\n')).toMatchObject({ values: [...rome, 0, 1, 0, 2] })
  expect(await read('people', '9,Rome,40,yes\n')).toMatchObject({ values: rome })
  expect(await read('bare', '5,6\n')).toMatchObject({ values: [5, 6] })
  expect(await read('bare', '5,6,a\n')).toMatchObject({ values: [5, 6] })
  expect(await read('bare', 'width,height\n5,6\n')).toMatchObject({ values: [5, 6] })
})

test('a missing value is filled as it was for training, where it was', async () => {
  expect(await read('people', 'city,age\nRome,\n,40\n')).toMatchObject({ values: [0, 0, 1, -1, 0, 0, 0, 4] })
  expect(await read('strict', 'city,age\nRome,\n')).toBe(
    'FILE, line 2, column age: the value is missing. Correct it, or remove the row or the column.',
  )
})

const wrong: readonly [string, string, string, string][] = [
  [
    'a text that training never saw',
    'people',
    'city,age\nBerlin,4\n',
    'FILE, line 2, column city: "Berlin" is none of the known texts Oslo, Paris, Rome. Correct it, or remove the row or the column.',
  ],
  [
    'a text among numbers',
    'people',
    'city,age\nRome,old\n',
    'FILE, line 2, column age: "old" is not a number. Correct it, or remove the row or the column.',
  ],
  [
    'a column that is missing',
    'people',
    'city,size\nRome,4\n',
    'FILE lacks the column age. The run takes city, age. Add what is missing.',
  ],
  [
    'too few columns without names',
    'people',
    'Rome\n',
    'FILE has 1 column, but the run takes 2 columns (city, age). Give its inputs in this order, or name the columns in a header.',
  ],
  ['nothing but a header', 'people', 'city,age\n', 'FILE holds no rows of values. Add some below the header.'],
  [
    'a number that is none, in the first row',
    'bare',
    '5,x\n',
    'FILE, line 1, column 1: "x" is not a number. Correct it, or remove the row or the column.',
  ],
]
test.each(wrong)('%s', async (_, run, text, message) => {
  expect(await read(run, text)).toBe(message)
})

test('another table is evaluated with the texts that the run knows, though it lacks some of them', async () => {
  writeFileSync(at('some.csv'), 'age,city,buys\n40,Rome,yes\n20,Paris,no\n')
  expect(await evaluateRun(at('people'), { data: `csv:${at('some.csv')}` })).toMatchObject({
    ok: true,
    value: { samples: 2 },
  })
  writeFileSync(at('more.csv'), 'age,city,buys\n40,Rome,yes\n20,Bern,no\n')
  const unknown = await evaluateRun(at('people'), { data: `csv:${at('more.csv')}` })
  expect(unknown.ok ? '' : unknown.error.message).toContain('"Bern" is none of the known texts Oslo, Paris, Rome')
})
