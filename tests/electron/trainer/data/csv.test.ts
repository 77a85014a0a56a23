import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { note } from '#shared/training/notes'
import type { DataSet } from '../../../../electron/trainer/data/dataSet'
import { openData } from '../../../../electron/trainer/data/open'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-csv-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function open(text: string, options = '', name = 'a.csv') {
  const path = join(folder, name)
  writeFileSync(path, text)
  const result = await openData(`csv:${path}${options}`)
  return result.ok
    ? { data: result.value, error: '' }
    : { data: null, error: result.error.message.replace(path, 'FILE') }
}
const rows = (data: DataSet | null) => {
  if (!data) return null
  const width = data.inputShape.reduce((a, b) => a * b, 1)
  return Array.from({ length: data.size }, (_, i) => {
    const [x, y] = [new Float32Array(width), new Float32Array(data.targetSize)]
    data.read(i, x, 0)
    data.target(i, y, 0)
    return [[...x], [...y]]
  })
}

test('comments, a header, quotes, spaces and other separators', async () => {
  const { data } = await open(
    '# made by hand\n"width, cm",height,"kind"\n1, 2,"cat, black"\n# more\n3,4,dog\n5,6,"cat, black"\n',
  )
  expect(data).toMatchObject({ size: 3, inputShape: [2], labels: ['cat, black', 'dog'], targetSize: 2 })
  expect(rows(data)).toEqual([
    [
      [1, 2],
      [1, 0],
    ],
    [
      [3, 4],
      [0, 1],
    ],
    [
      [5, 6],
      [1, 0],
    ],
  ])
  expect((await open('1;2;a\n3;4;b\n')).data).toMatchObject({ size: 2, inputShape: [2], labels: ['a', 'b'] })
  expect((await open('1\t2\ta\n3\t4\tb\n')).data).toMatchObject({ size: 2, labels: ['a', 'b'] })
})

test('the label column by place, name and number; classes sort as numbers where they are', async () => {
  const text = 'id,size,price\n10,1,0.5\n9,2,1.5\n2,3,2.5\n'
  expect((await open(text, '?label=first')).data).toMatchObject({ labels: ['2', '9', '10'], inputShape: [2] })
  expect((await open(text, '?label=size')).data?.labels).toEqual(['1', '2', '3'])
  expect((await open(text, '?label=1')).data?.labels).toEqual(['1', '2', '3'])
  expect((await open(text)).data).toMatchObject({ labels: null, targetSize: 1 })
  expect((await open(text, '?label=size,price')).data).toMatchObject({ labels: null, targetSize: 2, inputShape: [1] })
  expect((await open(text, '?label=first&task=numbers')).data).toMatchObject({ labels: null, targetSize: 1 })
  expect((await open(text, '?task=classes')).data?.labels).toEqual(['0.5', '1.5', '2.5'])
})

test('rows as images, scaled', async () => {
  const { data } = await open('0,8,16,4,a\n16,16,0,0,b\n', '?shape=2x2x1&scale=16')
  expect(data).toMatchObject({ inputShape: [2, 2, 1], range: [0, 1] })
  expect(rows(data)?.[0]).toEqual([
    [0, 0.5, 1, 0.25],
    [1, 0],
  ])
})

const wrong: readonly [string, string, string][] = [
  ['1,2,a\n3,b\n', '', 'FILE, line 2: 2 values, but line 1 has 3. Every row needs as many.'],
  ['1,2,a\n3,x,b\n', '', 'FILE, line 2, column 1: "x" is not a number. Correct it, or remove the row or the column.'],
  [
    '# c\nh,k,l\n1,2,a\n3,,b\n',
    '?missing=refuse',
    'FILE, line 4, column k: the value is missing. Correct it, or remove the row or the column.',
  ],
  [
    '1,2,a\n3,4,a\n',
    '',
    'All rows of FILE are of the class a. There is nothing to tell apart: choose another label column.',
  ],
  ['1,2,a\n3,4,\n', '?missing=refuse', 'FILE, line 2: the label is missing. Fill it in or remove the row.'],
  ['# nothing\n', '', 'FILE holds no rows. Add one for each sample.'],
  ['a\nb\n', '', 'FILE has one column. A table needs values and a label.'],
  ['x,y\n', '?header=yes', 'FILE has a header but no rows. Add rows of values below it.'],
  [
    '1,2,3\n4,5,6\n',
    '?label=price',
    'FILE has no column "price" for the label. It has no header; use last, first, or 0 to 2.',
  ],
  ['p,q\n1,2\n', '?label=r', 'FILE has no column "r" for the label. Its columns are p, q.'],
  ['1,2,3,a\n4,5,6,b\n', '?shape=2x2', 'FILE has 3 values a row beside the label, but the shape 2×2 has 4.'],
  [
    '1,2\n',
    '?colour=red',
    'The data set has no option colour. Known are label, shape, scale, header, task, missing, categorical, ignore.',
  ],
  ['1,2\n', '?scale=0', 'The option scale wants a number other than 0. Received: 0.'],
  ['1,2\n', '?shape=2xq', 'The option shape wants sizes such as 8x8x1. Received: 2xq.'],
]
test.each(wrong)('%j%s: says what is wrong', async (text, options, message) => {
  expect((await open(text, options)).error).toBe(message)
})

test('rows with missing values are left out and told, refused, or filled', async () => {
  const text = 'p,q,kind\n1,2,a\n?,4,b\n5,,a\n6,NA,b\n7,8,b\n9,1,a\n1,1,\n'
  const { data } = await open(text)
  expect(data).toMatchObject({ size: 3, labels: ['a', 'b'] })
  expect(rows(data)?.map((r) => r[0])).toEqual([
    [1, 2],
    [7, 8],
    [9, 1],
  ])
  expect(data?.problems[0]).toEqual(note('rowsLeftOut', { count: 4, lines: '3, 4, 5, 8' }))
  expect((await open(text, '?missing=refuse')).error).toContain('FILE, line 3, column p: the value is missing.')
  expect((await open(text, '?missing=-1')).error).toContain('FILE, line 8: the label is missing.')
  const filled = (await open('p,q\n1,\n,4\n', '?label=q&missing=-1&task=numbers')).error
  expect(filled).toContain('FILE, line 2, column q: the value is missing.')
  expect(rows((await open('p,q\n1,3\n,4\n', '?missing=-1')).data)?.map((r) => r[0])).toEqual([[1], [-1]])
  expect((await open('1,,a\n,2,b\n')).error).toBe(
    'Every row of FILE lacks a value. Leave out the empty columns with ignore=<column>,<column>.',
  )
})

test('columns of texts become columns of 0 and 1; columns can be left out or said to be texts', async () => {
  const text = 'id,colour,size,zip,kind\n1,red,3,10,a\n2,"light, blue",4,20,b\n3,red,5,10,b\n'
  const { data } = await open(text, '?ignore=id&categorical=zip')
  expect(data?.inputShape).toEqual([5])
  expect(rows(data)?.map((r) => r[0])).toEqual([
    [0, 1, 3, 1, 0],
    [1, 0, 4, 0, 1],
    [0, 1, 5, 1, 0],
  ])
  expect(data?.preprocessing).toBe(
    'Values as they stand in the table. The column colour as 2 columns of 0 and 1: light, blue, red. The column zip as 2 columns of 0 and 1: 10, 20.',
  )
  expect((await open(text, '?ignore=nothing')).error).toBe(
    'FILE has no column "nothing" for the option ignore. Its columns are id, colour, size, zip, kind.',
  )
})

test('numbers to predict that are far from 1 are told', async () => {
  const prices = await open('size,price\n1,200000\n2,300000\n3,400000.5\n')
  expect(prices.data?.problems).toEqual([note('wideTargets', { mean: 300_000, std: 81_600 })])
  expect((await open('size,price\n1,0.2\n2,0.3\n')).data?.problems).toEqual([])
})

test('a file that is not there', async () => {
  const result = await openData(`csv:${join(folder, 'none.csv')}`)
  expect(result).toMatchObject({
    ok: false,
    error: { code: 'invalidData', message: expect.stringContaining('it does not exist') },
  })
})
