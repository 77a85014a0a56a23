import { feedOf } from '../../../training/inputFit'
import { augments, augmentText } from './augmentation'
import { readerOf } from './readers'
import { blocks, lines, number, quoted, type TorchProject, tuple } from './settings'

const random = (normal: boolean) => `class Random:
    """Doty-Humphrey's sfc32, from which Netloom draws: the same seed gives the same split."""

    def __init__(self, seed: int, stream: int) -> None:
        self.state = (seed & 0xFFFFFFFF, seed >> 32, stream, 1)
        for _ in range(15):
            self.next()

    def next(self) -> float:
        """Uniform from 0 to 1."""
        a, b, c, d = self.state
        t = (a + b + d) & 0xFFFFFFFF
        rotated = (c << 21 | c >> 11) & 0xFFFFFFFF
        self.state = (b ^ b >> 9, (c + (c << 3)) & 0xFFFFFFFF, (rotated + t) & 0xFFFFFFFF, (d + 1) & 0xFFFFFFFF)
        return t / 2**32

    def shuffle(self, items: list) -> None:
        for i in range(len(items) - 1, 0, -1):
            j = int(self.next() * (i + 1))
            items[i], items[j] = items[j], items[i]
${normal ? normally : ''}`

const normally = `
    def normal(self) -> float:
        """By Box and Muller's formula."""
        radius = math.sqrt(-2 * math.log(1 - self.next()))
        return radius * math.cos(2 * math.pi * self.next())
`

const split = `def split(classes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places of the samples for training, validation and test: of every class the same shares."""
    draw = Random(SEED, stream=1)
    groups: dict[int, list[int]] = {}
    for index, number in enumerate(classes):
        groups.setdefault(int(number), []).append(index)
    parts: tuple[list[int], ...] = ([], [], [])
    # Rounding carries over from class to class.
    owed = owed_test = 0.0
    for _, group in sorted(groups.items()):
        draw.shuffle(group)
        owed += len(group) * VALIDATION_SPLIT
        owed_test += len(group) * TEST_SPLIT
        held = min(math.floor(owed + 0.5), len(group))
        tested = min(math.floor(owed_test + 0.5), len(group) - held)
        owed -= held
        owed_test -= tested
        for part, samples in zip(parts, (group[held + tested :], group[:held], group[held : held + tested])):
            part += samples
    train, validation, test = (np.array(sorted(part), dtype=int) for part in parts)
    return train, validation, test
`

/** data.py: from the files to what the network takes. */
export function dataText(project: TorchProject): string {
  const { samples, source, training } = project
  const reader = readerOf(project)
  const { labels, normalization, sourceShape } = samples
  const augmented = augments(project)
  const needsHere = source.kind === 'arrays' || source.kind === 'csv' || labels !== null
  const imports = new Set(['import math', ...(labels ? ['import json'] : []), ...reader.imports])
  if (needsHere) imports.add('from pathlib import Path')
  const plain = [...imports].filter((i) => i.startsWith('import ')).sort()
  const from = [...imports].filter((i) => i.startsWith('from ') && !i.startsWith('from PIL')).sort()
  const foreign = [...imports].filter((i) => i.startsWith('from PIL'))
  return blocks(
    lines(
      '"""The samples: read, split, scaled and changed as Netloom does."""',
      '',
      ...plain,
      ...from,
      '',
      'import numpy as np',
      'import torch',
      ...foreign,
      'from torch import Tensor',
      'from torch.utils.data import Dataset',
      '',
      needsHere && 'HERE = Path(__file__).parent',
      `SOURCE = ${quoted(source.path)}`,
      labels && 'LABELS: list[str] = json.loads((HERE / "labels.json").read_text("utf-8"))',
      `SAMPLE_SHAPE = ${tuple(sourceShape)}`,
      `SEED = ${training.seed}`,
      `VALIDATION_SPLIT = ${number(training.validationSplit)}`,
      `TEST_SPLIT = ${number(training.testSplit)}`,
      normalization &&
        lines(
          `# ${normalization.method === 'standardize' ? 'Mean and standard deviation' : 'Minimum and range'} of the training part, along the last axis.`,
          array('OFFSET', normalization.offset),
          array('SCALE', normalization.scale),
        ),
    ),
    reader.text,
    random(training.schedule === 'noisyLinearCosine'),
    split,
    augmented && augmentText(project),
    toInputs(project),
    dataset(augmented, labels !== null),
  )
}

function array(name: string, values: readonly number[]): string {
  const texts = values.map((v) => `${number(v)},`)
  const line = `${name} = np.array([${values.map(number).join(', ')}], np.float32)`
  if (line.length <= 100) return line
  const rows: string[] = []
  for (const text of texts) {
    const last = rows.at(-1)
    if (last !== undefined && last.length + text.length < 95) rows[rows.length - 1] = `${last} ${text}`
    else rows.push(text)
  }
  return `${name} = np.array(\n    [\n${rows.map((row) => `        ${row}\n`).join('')}    ],\n    np.float32,\n)`
}

/** The function `to_inputs`. */
function toInputs({ network, samples }: TorchProject): string {
  const { inputShape, normalization, sourceShape } = samples
  const shapes = network.inputs.map((i) => i.shape)
  const feed = feedOf(inputShape, shapes)
  const changed = inputShape.join() !== sourceShape.join()
  const pads = changed && inputShape.length === 3 && sourceShape.length === 3 && padded(sourceShape, inputShape)
  const body = [
    changed &&
      (pads ? `    sample = np.pad(sample, ${pads})` : `    sample = sample.reshape(${inputShape.join(', ')})`),
    normalization && '    sample = (sample - OFFSET) / SCALE',
  ]
  const parts = feed?.kind === 'parts'
  const sizes = shapes.map((s) => (parts && feed.of === 'lastAxis' ? (s.at(-1) ?? 0) : s.reduce((a, b) => a * b, 1)))
  const places = sizes.slice(0, -1).map((_, i) => sizes.slice(0, i + 1).reduce((a, b) => a + b, 0))
  const pieces = parts
    ? [
        feed.of === 'lastAxis'
          ? `    pieces = np.split(sample, [${places.join(', ')}], axis=-1)`
          : `    pieces = np.split(sample.reshape(-1), [${places.join(', ')}])`,
      ]
    : []
  const inputs = shapes.map((shape, i) => {
    const piece = parts ? `pieces[${i}]` : 'sample'
    const same = parts ? feed.of === 'lastAxis' : shape.join() === inputShape.join()
    const shaped = same ? piece : `${piece}.reshape(${shape.join(', ')})`
    const placed = network.inputs[i]?.value.layout === 'first' ? `np.moveaxis(${shaped}, -1, 0)` : shaped
    return `tensor(${placed})`
  })
  const call = inputs.map((i) =>
    i.replace('tensor(', 'torch.from_numpy(np.ascontiguousarray(').replace(/\)$/, ', np.float32))'),
  )
  return lines(
    'def to_inputs(sample: np.ndarray) -> tuple[Tensor, ...]:',
    '    """What each input of the network takes of a sample, channels first."""',
    ...body,
    ...pieces,
    call.length === 1
      ? `    return (${call[0]},)`
      : `    return (\n${call.map((c) => `        ${c},\n`).join('')}    )`,
  )
}

/** Zeros evenly around a picture. */
function padded([h = 0, w = 0]: readonly number[], [toH = 0, toW = 0]: readonly number[]): string | null {
  const [top, left] = [(toH - h) / 2, (toW - w) / 2]
  return toH >= h && toW >= w ? `((${top}, ${top}), (${left}, ${left}), (0, 0))` : null
}

const dataset = (augmented: boolean, classes: boolean): string =>
  lines(
    'class Samples(Dataset):',
    augmented
      ? '    """Inputs and targets of some samples; with `augmented`, other versions of them in every epoch."""'
      : '    """Inputs and targets of some samples."""',
    '',
    `    def __init__(self, samples, targets: np.ndarray, places: np.ndarray${augmented ? ', augmented: bool = False' : ''}) -> None:`,
    '        self.samples = samples',
    '        self.targets = targets',
    '        self.places = places',
    augmented && '        self.augmented = augmented',
    augmented && '        self.epoch = 0',
    '',
    '    def __len__(self) -> int:',
    '        return len(self.places)',
    '',
    '    def __getitem__(self, at: int) -> tuple[tuple[Tensor, ...], Tensor]:',
    '        place = int(self.places[at])',
    '        sample = self.samples[place]',
    '        # Pictures in bytes become values from 0 to 1.',
    '        scale = 255 if sample.dtype == np.uint8 and sample.ndim > 1 else 1',
    '        sample = np.asarray(sample, np.float32).reshape(SAMPLE_SHAPE) / scale',
    augmented &&
      lines(
        '        if self.augmented:',
        '            sample = augment(sample, np.random.default_rng((SEED, self.epoch, place)))',
      ),
    classes
      ? '        return to_inputs(sample), torch.tensor(int(self.targets[place]))'
      : '        target = np.asarray(self.targets[place], np.float32).reshape(-1)\n        return to_inputs(sample), torch.from_numpy(target)',
  )
