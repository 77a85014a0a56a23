import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import { ok } from '#shared/result'
import { labelsFile } from '../../dataSpec'
import { inBytes } from './bytes'
import { classesOf, classProblems, numberProblems } from './classes'
import { type DataResult, inMemory } from './dataSet'
import { invalidData, readBytes } from './files'
import { type NumpyArray, readNpy } from './npy'
import { parseSpec } from './spec'

/** Customary names of samples and their labels, in files and in archives. */
const pairs = [
  ['x_train', 'y_train'],
  ['X_train', 'y_train'],
  ['train_images', 'train_labels'],
  ['x', 'y'],
  ['X', 'y'],
  ['images', 'labels'],
  ['data', 'labels'],
  ['data', 'target'],
  ['arr_0', 'arr_1'],
] as const

interface Named {
  readonly name: string
  readonly array: NumpyArray
}

/** `npy:<samples>?labels=<file>`; a relative labels file lies beside the samples. */
export async function openNpy(spec: string): Promise<DataResult> {
  const parsed = parseSpec(spec, ['labels'])
  if (!parsed.ok) return parsed
  const { path } = parsed.value
  const beside = pairs.flatMap(([x, y]) => (basename(path) === `${x}.npy` ? [join(dirname(path), `${y}.npy`)] : []))
  const labels = labelsFile(spec) ?? beside.find((p) => existsSync(p))
  if (labels === undefined) return invalidData('npyNoLabels', { path })
  const found: Named[] = []
  for (const name of [path, labels]) {
    const bytes = await readBytes(name)
    if (!bytes.ok) return bytes
    const array = readNpy(bytes.value, name)
    if (!array.ok) return array
    found.push({ name, array: array.value })
  }
  const [x, y] = found
  return x && y ? toDataSet(spec, x, y) : invalidData('npyHeader', { path })
}

/** `npz:<archive>?x=<array>&y=<array>`: as numpy.savez or numpy.savez_compressed write it. */
export async function openNpz(spec: string): Promise<DataResult> {
  const parsed = parseSpec(spec, ['x', 'y'])
  if (!parsed.ok) return parsed
  const { path, options } = parsed.value
  const bytes = await readBytes(path)
  if (!bytes.ok) return bytes
  let entries: Readonly<Record<string, Uint8Array>>
  try {
    entries = unzipSync(bytes.value)
  } catch {
    return invalidData('notNpz', { path })
  }
  const names = Object.keys(entries).flatMap((name) => (name.endsWith('.npy') ? [name.slice(0, -4)] : []))
  const usual = pairs.find(([x, y]) => names.includes(x) && names.includes(y))
  const chosen = [options.x ?? usual?.[0], options.y ?? usual?.[1]]
  const found: Named[] = []
  for (const name of chosen) {
    const entry = name === undefined ? undefined : entries[`${name}.npy`]
    if (!entry) {
      const held = { path, names: names.join(', ') || '–' }
      return name === undefined ? invalidData('npzUnclear', held) : invalidData('npzNoArray', { ...held, name })
    }
    const array = readNpy(entry, `${path}, ${name}`)
    if (!array.ok) return array
    found.push({ name: `${path}, ${name}`, array: array.value })
  }
  const [x, y] = found
  return x && y ? toDataSet(spec, x, y) : invalidData('noSamples', { path })
}

/** Samples along the first axis. Labels of whole numbers are classes, of floats are numbers to predict. Bytes with three axes or more are pictures. */
function toDataSet(spec: string, x: Named, y: Named): DataResult {
  const [count = 0, ...sample] = x.array.shape
  if (count === 0) return invalidData('noSamples', { path: x.name })
  if (y.array.shape[0] !== count)
    return invalidData('samplesAndLabels', {
      path: x.name,
      count,
      labels: y.name,
      received: y.array.shape[0] ?? 0,
    })
  const targetSize = y.array.values.length / count
  const asClasses = !y.array.type.startsWith('f') && targetSize === 1
  const classes = asClasses ? classesOf(y.array.values, y.name) : null
  if (classes && !classes.ok) return classes
  const [labels, targets] = classes
    ? [classes.value.labels, classes.value.targets]
    : [null, Float32Array.from(y.array.values)]
  const problems = labels
    ? classProblems(labels, targets)
    : targets instanceof Float32Array
      ? numberProblems(targets, targetSize)
      : []
  const { values, type } = x.array
  if (values instanceof Uint8Array && sample.length >= 2 && labels && targets instanceof Uint16Array)
    return ok(
      inBytes(values, targets, { spec, labels, problems, inputShape: sample.length === 2 ? [...sample, 1] : sample }),
    )
  const broken = values.findIndex((v) => !Number.isFinite(v))
  const brokenLabel = targets.findIndex((v) => !Number.isFinite(v))
  if (broken >= 0 || brokenLabel >= 0) {
    const [name, at] = broken >= 0 ? [x.name, Math.floor((broken * count) / values.length)] : [y.name, brokenLabel]
    return invalidData('notFiniteSample', { path: name, index: at })
  }
  const pictures = type === 'u1' && sample.length >= 2
  const floats = Float32Array.from(values, pictures ? (v) => v / 255 : undefined)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const v of floats) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  return ok(
    inMemory(floats, targets, {
      spec,
      inputShape: sample.length === 0 ? [1] : sample,
      labels,
      targetSize: labels ? labels.length : targetSize,
      range: [low, high > low ? high : low + 1],
      preprocessing: pictures ? 'Bytes divided by 255: values from 0 to 1.' : 'Values as they stand in the array.',
      problems,
    }),
  )
}
