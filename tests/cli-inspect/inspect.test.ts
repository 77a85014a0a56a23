import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FieldValue } from '#shared/fields'
import { makeNode } from '#shared/graph/edits'
import type { Edge, Graph } from '#shared/graph/graph'
import type { LayerType } from '#shared/layers/index'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { register as registerInspect } from '../../electron/cli/inspect'
import { register as registerNew } from '../../electron/cli/new'
import type { Report } from '../../electron/cli/report'
import { register as registerTemplates } from '../../electron/cli/templates'
import { runCommand } from './run'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-inspect-'))
})
afterAll(() => rm(folder, { recursive: true }))

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}
const projectText = (graph: Graph): string =>
  serializeProject({ name: 'Test', graph, training: defaultTraining, data: '' })
const wire = (source: string, target: string): Edge => ({ source, sourcePort: 0, target, targetPort: 0 })
const inspect = (...args: string[]) => runCommand(registerInspect, ['inspect', ...args])
const inspectJson = async (...args: string[]): Promise<{ report: Report; code: number }> => {
  const { out, code } = await inspect(...args, '--json')
  return { report: JSON.parse(out) as Report, code }
}

describe('netloom inspect', () => {
  test('prints exactly the documented JSON for a template', async () => {
    const { report, code } = await inspectJson('lenet5')
    expect(code).toBe(0)
    expect(Object.keys(report)).toEqual(['name', 'totals', 'layers', 'problems'])
    expect(report.totals).toEqual({
      params: { trainable: 61_706, nonTrainable: 0, total: 61_706 },
      macs: 416_520,
      flops: expect.any(Number),
      weightBytes: 246_824,
      activationBytes: expect.any(Number),
    })
    expect(report.layers[1]).toEqual({
      id: 'c1',
      name: 'C1',
      type: 'conv2d',
      group: null,
      outputs: [[28, 28, 6]],
      params: { trainable: 156, nonTrainable: 0 },
      macs: 117_600,
      flops: 2 * 117_600 + 4704 + 4704 * 5,
      receptiveField: { size: [5, 5], jump: [1, 1], start: [0, 0] },
      problems: [],
    })
    expect(report.problems).toEqual([])
  })

  test('names the groups around a layer', async () => {
    const { report } = await inspectJson('resnet18')
    expect(report.layers.find((l) => l.type === 'add')?.group).toBe('conv2_x / conv2_1')
  })

  test('says the same of a template and of the file made from it', async () => {
    const path = join(folder, 'vgg.netloom')
    const made = await runCommand(registerNew, ['new', 'vgg16', '--set', 'classes=10', '-o', path])
    expect(made.code).toBe(0)
    expect((await inspectJson(path)).report).toEqual((await inspectJson('vgg16', '--set', 'classes=10')).report)
  })

  test('lists errors, ends with 1 and still shows every known size', async () => {
    const nodes = [
      makeNode('input', 'in', { shape: [3, 3, 1] }),
      makeNode('conv2d', 'big', { kernelSize: [5, 5], padding: 'valid', filters: 4 }),
      makeNode('batchNorm', 'bn'),
      makeNode('dense', 'alone'),
    ]
    const path = await file(
      'errors.netloom',
      projectText({ nodes, edges: [wire('in', 'big'), wire('big', 'bn')], groups: [] }),
    )
    const { report, code } = await inspectJson(path)
    expect(code).toBe(1)
    expect(report.layers.map((l) => l.outputs)).toEqual([[[3, 3, 1]], [[null, null, 4]], [[null, null, 4]], [null]])
    expect(report.layers[2]?.params).toEqual({ trainable: 8, nonTrainable: 8 })
    expect(report.problems).toEqual([
      {
        code: 'kernelTooLarge',
        severity: 'error',
        nodeId: 'big',
        field: 'kernelSize',
        message:
          "A 5×5 kernel does not fit a 3×3 input with this padding. Use 'same' padding or a kernel of at most 3.",
      },
      {
        code: 'missingInput',
        severity: 'error',
        nodeId: 'alone',
        message: 'Nothing is connected to the input. Draw a wire from the layer that feeds it.',
      },
    ])
    const text = await inspect(path)
    expect(text.code).toBe(1)
    expect(text.out).toContain('?×?×4')
    expect(text.out).toContain('error at big: A 5×5 kernel')
  })

  test('a loop', async () => {
    const nodes = ['a', 'b'].map((id) => makeNode('activation', id))
    const path = await file('loop.netloom', projectText({ nodes, edges: [wire('a', 'b'), wire('b', 'a')], groups: [] }))
    const { report, code } = await inspectJson(path)
    expect(code).toBe(1)
    expect(report.problems.map((p) => [p.code, p.nodeId])).toEqual([
      ['cycle', 'a'],
      ['cycle', 'b'],
      ['noInputLayer', ''],
    ])
  })

  const chain = (...types: readonly (readonly [LayerType, Readonly<Record<string, FieldValue>>])[]): Graph => ({
    nodes: types.map(([type, params], i) => makeNode(type, `n${i}`, params)),
    edges: types.slice(1).map((_, i) => wire(`n${i}`, `n${i + 1}`)),
    groups: [],
  })
  test.each([
    [
      'a wrong rank',
      chain(['input', { shape: [784] }], ['conv2d', {}], ['flatten', {}]),
      ['wrongRank'],
      [[null, null, 32]],
    ],
    ['a size of zero', chain(['input', { shape: [0, 5, 3] }], ['conv2d', {}]), ['outOfRange'], [[null, 5, 32]]],
    ['a negative size', chain(['input', { shape: [8] }], ['dense', { units: -3 }]), ['outOfRange'], [[null]]],
    [
      'half a filter',
      chain(['input', { shape: [8, 8, 1] }], ['conv2d', { filters: 1.5 }]),
      ['notAnInteger'],
      [[8, 8, null]],
    ],
    ['an absurd tensor', chain(['input', { shape: [1e6, 1e6, 1e6] }], ['dense', {}]), ['tooLarge'], [[1e6, 1e6, 128]]],
    ['an absurd layer', chain(['input', { shape: [1e6] }], ['dense', { units: 1e6 }]), ['tooLarge'], [[1e6]]],
    [
      'an absurd reshape',
      chain(['input', { shape: [8] }], ['reshape', { target: [1e6, 1e6] }]),
      ['reshapeCount', 'tooLarge'],
      [[1e6, 1e6]],
    ],
  ] as const)('%s', async (name, graph, codes, outputs) => {
    const { report, code } = await inspectJson(await file(`${name}.netloom`, projectText(graph)))
    expect(code).toBe(1)
    expect(report.problems.map((p) => p.code)).toEqual(codes)
    expect(report.layers[1]?.outputs).toEqual(outputs)
    for (const l of report.layers)
      expect([l.macs, l.flops, ...Object.values(l.params)].every(Number.isSafeInteger)).toBe(true)
  })

  test('a layer of an unknown type', async () => {
    const text = projectText({ nodes: [makeNode('input', 'in')], edges: [wire('in', 'new')], groups: [] })
    const unknown = '{"id":"new","type":"hologram","name":"H","position":{"x":0,"y":0},"params":{"depth":{"a":[1]}}}'
    const path = await file('unknown.netloom', text.replace('"nodes": [', `"nodes": [${unknown},`))
    const { report, code } = await inspectJson(path)
    expect(code).toBe(1)
    expect(report.layers[0]).toMatchObject({ id: 'new', type: 'hologram', outputs: [null] })
    expect(report.problems[0]?.message).toContain("does not know the layer type 'hologram'")
  })

  test.each([
    [
      'truncated',
      () => projectText({ nodes: [makeNode('input', 'in')], edges: [], groups: [] }).slice(0, -30),
      'not JSON',
    ],
    ['empty', () => '', 'not JSON'],
    ['newer', () => '{"format": 99}', 'saved by a newer version (format 99'],
    ['other JSON', () => '[1, 2]', "it has no 'format'"],
    ['bad value', () => '{"format": 1, "name": 7}', 'invalid value at name: expected string'],
    ['100 MB', () => `{"format": 1, "name": "${'a'.repeat(100_000_000)}"}`, 'more than 64000000'],
  ])('%s: a clear message and 2', async (name, text, message) => {
    const path = await file(`${name}.netloom`, text())
    const { out, err, code } = await inspect(path, '--json')
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(message)
    expect(err.length).toBeLessThan(500)
  })

  test('wrong usage', async () => {
    expect(await inspect('nosuch.netloom')).toMatchObject({ code: 2, err: expect.stringContaining('Templates: mlp,') })
    expect(await inspect(folder)).toMatchObject({ code: 2, err: expect.stringContaining('is a folder') })
    if (process.platform !== 'win32')
      expect(await inspect('/dev/zero')).toMatchObject({ code: 2, err: expect.stringContaining('more than 192000000') })
    expect(await inspect()).toMatchObject({ code: 2, err: expect.stringContaining('missing required argument') })
    expect(await inspect('vgg16', '--set', 'clases=3')).toMatchObject({
      code: 2,
      err: "There is no setting 'clases'. Known are: input, classes, batchNorm.\n",
    })
    expect(await inspect('vgg16', '--set', 'classes=many')).toMatchObject({
      code: 2,
      err: "classes must be a whole number. Received: 'many'.\n",
    })
    expect(await inspect('vgg16', '--set', 'classes=0')).toMatchObject({
      code: 2,
      err: 'classes must lie between 1 and 1000000. Received: 0.\n',
    })
  })
})

describe('forms for people', () => {
  test('the table has groups with their sums, totals and definitions', async () => {
    const { out, code } = await inspect('resnet18')
    expect(code).toBe(0)
    expect(out).toMatch(/^▾ Stem +9,664 +118,013,952$/m)
    expect(out).toMatch(/^▾ conv2_x +148,480 +462,422,016$/m)
    expect(out).toMatch(/^ {2}▾ conv2_1 +74,240 +231,211,008$/m)
    expect(out).toMatch(/^ {4}conv1 +conv2d +56×56×64 +36,864 +115,605,504 +19$/m)
    expect(out).toMatch(/^Params +11\.70 M \(11,699,112\): 11,689,512 trainable, 9,600 not$/m)
    expect(out).toMatch(/^MACs: multiplications of convolutions, dense layers and matrix products\.$/m)
  })
  test('the table fits a narrow terminal', async () => {
    const before = process.stdout.columns
    process.stdout.columns = 60
    const { out } = await inspect('googlenet')
    process.stdout.columns = before
    const rows = out.slice(0, out.indexOf('Params')).split('\n')
    expect(Math.max(...rows.map((r) => r.length))).toBeLessThanOrEqual(60)
    expect(out).toContain('▾ Inception 3a')
  })
  test('--csv: one line per layer', async () => {
    const { out } = await inspect('lenet5', '--csv')
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toBe(
      'id,name,type,group,output,trainable,nonTrainable,macs,flops,receptiveField,jump,start,problems',
    )
    expect(lines[2]).toBe('c1,C1,conv2d,,28x28x6,156,0,117600,263424,5x5,1x1,0x0,')
    expect(lines.length).toBe(11)
  })
  test('--csv quotes what needs it', async () => {
    const node = { ...makeNode('dense', 'd'), name: 'a, "b"' }
    const path = await file('quotes.netloom', projectText({ nodes: [node], edges: [], groups: [] }))
    expect((await inspect(path, '--csv')).out).toContain('\nd,"a, ""b""",dense,,?,')
  })
  test('--markdown', async () => {
    const { out } = await inspect('vgg16', '--markdown')
    expect(out).toContain('# VGG-16\n\n| layer | type | output | params | MACs | receptive field |\n|---|---|---|---:|')
    expect(out).toContain('| &nbsp;&nbsp;conv1_1 | conv2d | 224×224×64 | 1,792 | 86,704,128 | 3 |')
    expect(out).toContain('- **Weights**: 553.4 MB\n- **Activations**: 60.35 MB per sample')
  })
})

describe('other sizes', () => {
  test('of a template', async () => {
    const { report } = await inspectJson('resnet18', '--input', '64x64x1', '--classes', '7')
    expect(report.layers[0]?.outputs).toEqual([[64, 64, 1]])
    expect(report.layers.at(-1)?.outputs).toEqual([[7]])
    expect(report).toEqual((await inspectJson('resnet18', '--set', 'input=64x64x1', '--set', 'classes=7')).report)
  })
  test('of a file', async () => {
    const path = join(folder, 'resized.netloom')
    await runCommand(registerNew, ['new', 'resnet18', '-o', path])
    const resized = await inspectJson(path, '--input', '64x64x1', '--classes', '7')
    expect(resized.report).toEqual((await inspectJson('resnet18', '--input', '64x64x1', '--classes', '7')).report)
    expect((await inspectJson(path)).report).toEqual((await inspectJson('resnet18')).report)
  })
  test('a size that does not fit is a problem of the network, not of the command', async () => {
    const { report, code } = await inspectJson('lenet5', '--input', '12x12x1')
    expect(code).toBe(1)
    expect(report.problems.map((p) => [p.code, p.nodeId])).toEqual([['kernelTooLarge', 'c3']])
  })
  test('--batch multiplies what depends on it', async () => {
    const one = (await inspectJson('lenet5')).report
    const many = (await inspectJson('lenet5', '--batch', '32')).report
    expect(many.totals).toEqual({
      ...one.totals,
      macs: 32 * one.totals.macs,
      flops: 32 * one.totals.flops,
      activationBytes: 32 * one.totals.activationBytes,
    })
  })
  test('wrong usage', async () => {
    const twoInputs = await file(
      'two.netloom',
      projectText({ nodes: [makeNode('input', 'a'), makeNode('input', 'b')], edges: [], groups: [] }),
    )
    for (const [args, message] of [
      [['lenet5', '--batch', '0'], 'It must be a whole number of at least 1.'],
      [['lenet5', '--json', '--csv'], 'Choose one of --json, --csv and --markdown.'],
      [['lenet5', '--input', '28xab'], 'input must be a shape'],
      [['lenet5', '--input', '0x3'], 'input must lie between 1 and 1000000. Received: 0.'],
      [[twoInputs, '--input', '8x8x1'], '--input needs a network with one input layer. This one has 2.'],
      [[twoInputs, '--classes', '8'], '--classes found no dense or convolution layer before a.'],
    ] as const)
      expect(await inspect(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) })
  })
})

describe('netloom new', () => {
  test('does not overwrite without --force', async () => {
    const path = await file('mine.netloom', 'my work')
    const args = ['new', 'mlp', '-o', path]
    expect(await runCommand(registerNew, args)).toMatchObject({
      code: 2,
      err: expect.stringContaining('exists already'),
    })
    expect(await inspect(path)).toMatchObject({ code: 2 })
    expect(await runCommand(registerNew, [...args, '--force'])).toMatchObject({ code: 0, out: `Wrote ${path}\n` })
    expect(await inspect(path)).toMatchObject({ code: 0 })
  })
  test('wrong usage', async () => {
    expect(await runCommand(registerNew, ['new', 'nosuch', '-o', 'x'])).toMatchObject({ code: 2 })
    expect(await runCommand(registerNew, ['new', 'mlp'])).toMatchObject({ code: 2 })
  })
  test('a file that cannot be', async () => {
    expect(await runCommand(registerNew, ['new', 'mlp', '-o', join(folder, 'no', 'such', 'folder')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be written'),
    })
  })
})

describe('netloom templates', () => {
  test('lists names, years and settings', async () => {
    const { out, code } = await runCommand(registerTemplates, ['templates'])
    expect(code).toBe(0)
    expect(out).toMatch(/^lenet5 +LeNet-5 +1998 +input=32x32x1 classes=10 variant=modern\|paper$/m)
  })
  test('--json', async () => {
    const { out } = await runCommand(registerTemplates, ['templates', '--json'])
    const list = JSON.parse(out) as { name: string; label: string; year: number; fields: object }[]
    expect(list.find((t) => t.name === 'resnet50')).toMatchObject({ label: 'ResNet-50', year: 2016 })
  })
})
