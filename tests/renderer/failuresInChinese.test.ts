import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import i18next from 'i18next'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeNode } from '#shared/graph/edits'
import { parseProject, showProjectError } from '#shared/project/parse'
import { FORMAT } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'
import { dispatch } from '../../electron/host/dispatch'
import { fileError } from '../../electron/host/errors'
import { compile } from '../../electron/trainer/compile'
import { createDecoder } from '../../electron/trainer/data/imageCache'
import { Gate } from '../../electron/trainer/gate'
import { perform } from '../../electron/trainer/jobs'
import type { TrainerRequest } from '../../electron/trainer/protocol'
import { failureMessage } from '../../renderer/i18n/failures'
import { translatedValue } from '../../renderer/i18n/phrases'
import { phraseTexts } from '../../shared/training/failurePhrases'
import { failure, readFailure } from '../../shared/training/failures'
import { type Fixture, openHost, projectText } from '../electron/host/fixture'
import { bytesOf, idx, npy } from '../electron/trainer/data/fixtures'
import { logistic, project } from '../electron/trainer/networks'

let f: Fixture
const at = (name: string) => join(f.workspace, name)
function put(name: string, content: string | Uint8Array) {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), content)
}
beforeAll(async () => {
  await i18next.init({ lng: 'zh-CN', resources: {} })
  f = await openHost()
})
afterAll(async () => {
  await f.close()
  await i18next.changeLanguage('en')
})

/** What the process says, which does the work of every job. */
async function trainer(request: TrainerRequest): Promise<string> {
  const control = { signal: new AbortController().signal, gate: new Gate() }
  const built = { trainer: '', customLayers: '', augmentThread: '' }
  const result = await perform(
    request,
    () => {},
    control,
    built,
    async () => 0,
  )
  return result.ok ? 'done' : result.error.message
}
async function host(name: string, args: unknown): Promise<string> {
  const result = await dispatch(f.host.handlers, name, args)
  return result.ok ? 'done' : result.error.message
}
const data = (spec: string) => trainer({ kind: 'describe', spec: spec.replace(':', `:${f.workspace}/`) })

/** Two English words in a row are a sentence. Paths, quotations and names of products and code are none. */
const english = (message: string) =>
  message.replace(/"[^"]*"|“[^”]*”|\S*[/:]\S*|ONNX Runtime/g, '').match(/[A-Za-z]{2,} [A-Za-z]{2,}/)

function expectChinese(message: string) {
  expect(readFailure(message), message).not.toBeNull()
  const said = failureMessage(message)
  expect(english(said), said).toBeNull()
  expect(said).toMatch(/[一-鿿].*[。？]$/s)
  expect(said).not.toMatch(/\{\w+\}/)
}

const pixels = idx(
  [4, 2, 2],
  Array.from({ length: 16 }, (_, i) => i),
)
const classes = idx([4], [0, 1, 2, 1])
const mnist = (images: Uint8Array, labels: Uint8Array = classes) => ({
  'x-images-idx3-ubyte': images,
  'x-labels-idx1-ubyte': labels,
})
const arrays = (x: Uint8Array, y: Uint8Array) => ({ 'x.npy': x, 'y.npy': y })
const floats = (shape: readonly number[], values: readonly number[]) =>
  npy('<f4', shape, bytesOf(Float32Array.from(values)))
const whole = (...values: number[]) => npy('<i4', [values.length], bytesOf(Int32Array.from(values)))
const IDX = 'idx:x-images-idx3-ubyte'
const node = (change: object) => ({ id: 'd', type: 'dense', name: 'd', position: { x: 0, y: 0 }, ...change })

describe('data that cannot be read is said in Chinese', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string | Uint8Array>>, string])[] = [
    ['nothing chosen', {}, ''],
    ['no such set', {}, 'letters'],
    ['no such option', { 't.csv': '1,2,a\n' }, 'csv:t.csv?lable=1'],
    ['a file that is not there', {}, 'csv:absent.csv'],
    ['a folder for a file', { 'd/t.csv': '' }, 'csv:d'],
    ['an empty table', { 't.csv': '' }, 'csv:t.csv'],
    ['a ragged table', { 't.csv': '1,2,a\n3,b\n' }, 'csv:t.csv'],
    ['a quotation mark that is not closed', { 't.csv': 'a,b,k\n1,"2,x\n' }, 'csv:t.csv'],
    ['a quotation mark within a value', { 't.csv': 'a,b,k\n1,2"2,x\n' }, 'csv:t.csv'],
    ['something behind a quotation mark', { 't.csv': 'a,b,k\n1,"2"2,x\n' }, 'csv:t.csv'],
    ['a binary table', { 't.csv': new Uint8Array(4) }, 'csv:t.csv'],
    ['only a header', { 't.csv': 'a,b,kind\n' }, 'csv:t.csv'],
    ['one column', { 't.csv': '1\n2\n' }, 'csv:t.csv'],
    ['a column that is not there', { 't.csv': 'a,b\n1,2\n' }, 'csv:t.csv?label=price'],
    ['no header', { 't.csv': '1,2\n3,4\n' }, 'csv:t.csv?ignore=price'],
    ['no number', { 't.csv': '1,2,a\nx,4,b\n5,6,a\n' }, 'csv:t.csv'],
    ['a value that is missing', { 't.csv': '1,2,a\n,4,b\n5,6,a\n' }, 'csv:t.csv?missing=refuse'],
    ['one class', { 't.csv': '1,2,a\n3,4,a\n' }, 'csv:t.csv'],
    ['another shape', { 't.csv': '1,2,a\n3,4,b\n' }, 'csv:t.csv?shape=3x3'],
    ['a wrong scale', { 't.csv': '1,2,a\n3,4,b\n' }, 'csv:t.csv?scale=0'],
    ['IDX with a wrong beginning', mnist(Buffer.from(pixels).fill(1, 0, 1)), IDX],
    ['IDX cut short', mnist(pixels.subarray(0, 25)), IDX],
    ['IDX packed and cut short', mnist(gzipSync(pixels).subarray(0, 20)), IDX],
    ['fewer labels than images', mnist(pixels, idx([3], [0, 1, 2])), IDX],
    ['labels for images', { 'y-labels-idx1-ubyte': classes }, 'idx:y-labels-idx1-ubyte?labels=y-labels-idx1-ubyte'],
    ['no NPY', arrays(new Uint8Array(20), whole(0, 1)), 'npy:x.npy'],
    ['NPY cut short', arrays(floats([2, 2], [1, 2, 3]), whole(0, 1)), 'npy:x.npy'],
    ['NaN in an array', arrays(floats([2, 2], [1, 2, 3, Number.NaN]), whole(0, 1)), 'npy:x.npy'],
    ['fewer labels than samples', arrays(floats([2, 2], [1, 2, 3, 4]), whole(1)), 'npy:x.npy'],
    ['a label below 0', arrays(floats([2, 2], [1, 2, 3, 4]), whole(0, -1)), 'npy:x.npy'],
    ['no NPZ', { 'a.npz': 'text' }, 'npz:a.npz'],
    ['CIFAR cut short', { 'c.bin': new Uint8Array(100) }, 'cifar10:c.bin'],
    ['no CIFAR', { 'empty/readme.txt': '' }, 'cifar10:empty'],
    ['a folder of nothing', { 'pets/readme.txt': '' }, 'images:pets'],
    ['classes of nothing', { 'zoo/a/x.txt': '', 'zoo/b/x.png': 'no picture' }, 'images:zoo'],
    ['a wrong size', { 'zoo/a/x.txt': '' }, 'images:zoo?size=big'],
  ]
  test.each(cases)('%s', async (_, files, spec) => {
    for (const [name, content] of Object.entries(files)) put(name, content)
    expectChinese(await data(spec))
  })
})

test('what the host refuses is said in Chinese', async () => {
  put('broken.netloom', '{')
  put('data/points.csv', '1,2,a\n')
  const upload = (name: string) => host('data.import', { name, base64: '' })
  const messages = [
    await host('file.read', { ref: 'workspace:absent.netloom' }),
    await host('file.read', { ref: 'workspace:notes.txt' }),
    await host('file.read', { ref: 'file:forgotten' }),
    await host('file.open', {}),
    await host('file.saveAs', { name: 'a/b', text: '' }),
    await host('file.saveAs', { name: 'CON', text: '' }),
    await host('file.saveAs', { name: '.hidden', text: '' }),
    await host('file.saveAs', { name: '网'.repeat(80), text: '' }),
    await host('train.start', { project: '{', engine: 'auto' }),
    await host('train.start', { project: projectText('csv:/etc/passwd'), engine: 'auto' }),
    await host('data.describe', { spec: 'folder:/etc' }),
    await host('train.stop', { runId: 'absent' }),
    await host('runs.read', { runId: 'absent' }),
    await host('try.open', { runId: 'absent' }),
    await host('data.import', { name: 'a.csv', base64: '!' }),
    await host('train.everything', {}),
    await upload('program.exe'),
  ]
  for (const message of messages) expectChinese(message)
})

describe('what is wrong within a project is said in Chinese', () => {
  const valid = {
    format: FORMAT,
    name: 'n',
    graph: { nodes: [node({})], edges: [], groups: [] },
    training: {},
    data: 'digits',
  }
  const graph = (change: object) => ({ ...valid, graph: { ...valid.graph, ...change } })
  const params = (values: unknown) => graph({ nodes: [node({ params: values })] })
  const edge = { source: 'd', sourcePort: 0, target: 'd', targetPort: 0 }
  const size = { width: 1e9, height: 100 }
  const comment = { id: 'c', text: '', position: { x: 0, y: 0 }, size, color: 'yellow' }
  const cases: readonly (readonly [string, object, string | RegExp])[] = [
    ['a number for a text', { ...valid, name: 7 }, 'name 处的值无效：应为文本，收到 数。'],
    ['nothing for a text', { ...valid, data: undefined }, 'data 处的值无效：应为文本，收到 空缺。'],
    ['an unknown key', { ...valid, extra: 1 }, '不认识的键 "extra"。'],
    ['two unknown keys', { ...valid, extra: 1, more: 2 }, '不认识的键 "extra", "more"。'],
    ['a long text', { ...valid, data: 'x'.repeat(20_000) }, '太长，文本的字符数应 <=10000。'],
    ['an empty id', graph({ nodes: [node({ id: '' })] }), '太短，文本的字符数应 >=1。'],
    ['a port below 0', graph({ edges: [{ ...edge, sourcePort: -1 }] }), '太小，数应 >=0。'],
    ['a fraction', graph({ edges: [{ ...edge, sourcePort: 0.5 }] }), '应为整数，收到 数。'],
    ['a huge comment', graph({ comments: [comment] }), /太大，数应 <=\d+。/],
    ['an unknown direction', graph({ direction: 'up' }), '应为 "down"|"right" 之一。'],
    ['parameters that are none', params([]), '应为对象，收到 列表。'],
    ['an unknown parameter', params({ colour: 1 }), '没有这个参数；已知的有 units, '],
    ['a text for a whole number', params({ units: '3' }), '应为整数，收到 "3"。'],
    ['a list for a whole number', params({ units: [[1]] }), '应为整数，收到 列表。'],
  ]
  test.each(cases)('%s', (_, file, expected) => {
    const opened = parseProject(JSON.stringify(file))
    const message = opened.ok ? 'opened' : showProjectError(opened.error)
    expectChinese(message)
    expect(failureMessage(message)).toMatch(expected)
  })
})

test('the problems of a network are said in Chinese, each with the name of its layer', () => {
  const draft = logistic([2], 2)
  const graph = {
    ...draft,
    nodes: [...draft.nodes, makeNode('conv2d', 'a'), { ...makeNode('dense', 'b'), name: 'Head: left' }],
  }
  const compiled = compile(graph)
  const said = failureMessage(compiled.ok ? 'compiled' : compiled.error.message)
  expect(said).toBe(
    '网络有错误。二维卷积：输入没有连接。请从提供数据的层连一条线过来。\nHead: left：输入没有连接。请从提供数据的层连一条线过来。',
  )
  const many = compile({
    ...graph,
    nodes: [...draft.nodes, ...'abcdefgh'.split('').map((id) => makeNode('softmax', id))],
  })
  expect(failureMessage(many.ok ? 'compiled' : many.error.message)).toMatch(/\n还有 3 个问题。$/)
})

test('the words of a library are quoted within a Chinese sentence', async () => {
  const native = "Non-zero status code returned while running Conv node. Name:'c1'"
  expect(failureMessage(failure('trainingFailed', { reason: native }))).toBe(`训练失败：原文“${native}”。`)
  const loader = 'Error: cannot open shared object file: no such file or directory'
  expect(failureMessage(failure('onnxMissing', { reason: loader }))).toBe(
    `无法加载 ONNX Runtime：原文“${loader}”。请重新安装 Netloom，或使用其他引擎。`,
  )
  expect(failureMessage('Unexpected token in the sky')).toBe('原文“Unexpected token in the sky”')
  put(
    'torn.png',
    await sharp(Buffer.alloc(300), { raw: { width: 10, height: 10, channels: 3 } })
      .png()
      .toBuffer()
      .then((png) => png.subarray(0, 60)),
  )
  const decode = await createDecoder({ height: 10, width: 10, channels: 3 })
  const reason = await decode(at('torn.png')).then(
    () => 'decoded',
    (e: Error) => e.message.split('\n')[0] ?? '',
  )
  const said = failureMessage(failure('undecodedPicture', { path: 'torn.png', reason }))
  expect(said).toBe(`图片 torn.png 无法解码：原文“${reason}”。请选择另一个文件。`)
})

test('a phrase of every code is found again in Chinese', () => {
  for (const [code, text] of Object.entries(phraseTexts)) {
    const said = String(translatedValue('fault', text))
    expect(english(said), said).toBeNull()
    expect(said, code).toMatch(/[一-鿿]/)
  }
})

test('what the system says of a file is said in Chinese', () => {
  for (const code of ['ENOENT', 'EACCES', 'ENOSPC', 'EISDIR', 'ENAMETOOLONG'])
    expectChinese(fileError(Object.assign(new Error(code), { code }), 'save', '"Digits.netloom"').error.message)
})

test('what becomes of runs is said in Chinese', async () => {
  put('points.csv', '1,2,a\n3,4,b\n5,6,a\n7,8,b\n1,3,a\n2,4,b\n')
  const spec = `csv:${at('points.csv')}`
  const train = (folder: string, text: string) =>
    trainer({ kind: 'train', project: text, engine: 'wasm', folder: at(folder), id: folder })
  const settings = { epochs: 1, batchSize: 2, validationSplit: 0 }
  expect(await train('run', serializeProject(project(logistic([2], 2), spec, settings)))).toBe('done')
  put('full.txt', '')
  put('other.csv', '1,2,a\n3,4,z\n')
  put('numbers.csv', '1,2,1.5\n3,4,2.5\n')
  put('cut.png', '')
  put('narrow.csv', '1\n2\n')
  const evaluate = (name: string) => trainer({ kind: 'evaluate', folder: at('run'), on: { data: `csv:${at(name)}` } })
  const predict = (name: string) => trainer({ kind: 'predict', folder: at('run'), file: at(name) })
  const messages = [
    await train('unwired', serializeProject(project({ nodes: [], edges: [], groups: [] }, spec, settings))),
    await train('wide', serializeProject(project(logistic([5], 2), spec, settings))),
    await train('blind', serializeProject(project(logistic([2], 2), spec, { ...settings, patience: 2 }))),
    await train('full.txt/run', serializeProject(project(logistic([2], 2), spec, settings))),
    await trainer({ kind: 'resume', folder: at('absent') }),
    await trainer({ kind: 'resume', folder: at('run') }),
    await trainer({ kind: 'evaluate', folder: at('run'), on: { part: 'test' } }),
    await evaluate('other.csv'),
    await evaluate('numbers.csv'),
    await predict('cut.png'),
    await predict('narrow.csv'),
    await trainer({ kind: 'exportRun', folder: at('run'), format: 'onnx', to: at('full.txt/model') }),
    await trainer({ kind: 'exportRun', folder: at('absent'), format: 'tfjs', to: at('model') }),
  ]
  for (const message of messages) expect(english(failureMessage(message)), failureMessage(message)).toBeNull()
  writeFileSync(at('run/checkpoints/last.safetensors'), 'x')
  expectChinese(await evaluate('other.csv'))
})

test('no sentence stands beside the table that messages are made of', () => {
  const root = join(import.meta.dirname, '../../electron')
  const files = ['host', 'trainer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, folder, name)),
  )
  const sentence = /(?:message:|\b(?:err|fail|refuse|invalid\w*)\()\s*([`'"])(?:(?!\1).)* (?:(?!\1).)*\1/
  const found = files.flatMap((file) => sentence.exec(readFileSync(file, 'utf8'))?.[0] ?? [])
  expect(found).toEqual([])
})
