import { pictureImports, pictureText } from './pictures'
import { quoted, type Source, type TorchProject } from './settings'

/** How a kind of file becomes samples and targets. */
interface Reader {
  readonly imports: readonly string[]
  readonly text: string
}

const opened = `def open_file(path: str) -> bytes:
    """The bytes of a file; those of a gzip file unpacked."""
    data = Path(path).read_bytes()
    return gzip.decompress(data) if data[:2] == b"\\x1f\\x8b" else data
`

function npz({ x, y }: Extract<Source, { kind: 'npz' }>): Reader {
  const named = `    x, y = file[${quoted(x ?? '')}], file[${quoted(y ?? '')}]`
  const pairs = `PAIRS = [
    ("x_train", "y_train"),
    ("X_train", "y_train"),
    ("train_images", "train_labels"),
    ("x", "y"),
    ("X", "y"),
    ("images", "labels"),
    ("data", "labels"),
    ("data", "target"),
    ("arr_0", "arr_1"),
]


`
  const both = x !== null && y !== null
  return {
    imports: [],
    text: `${both ? '' : pairs}def read(source: str = SOURCE) -> tuple[np.ndarray, np.ndarray]:
    """The samples, and what they are."""
    file = np.load(source)
${both ? named : '    names = next(pair for pair in PAIRS if set(pair) <= set(file.files))\n    x, y = (file[name] for name in names)'}
    return x, y.reshape(len(y), -1) if y.ndim > 1 else y
`,
  }
}

const npy = ({ labels, path }: Extract<Source, { kind: 'npy' | 'idx' }>): Reader => ({
  imports: [],
  text: `LABELS_FILE = ${quoted(labels ?? path.replace(/x([^/\\]*)$/i, 'y$1'))}


def read(source: str = SOURCE) -> tuple[np.ndarray, np.ndarray]:
    """The samples, and what they are."""
    return np.load(source, mmap_mode="r"), np.load(LABELS_FILE)
`,
})

const idx = ({ labels }: Extract<Source, { kind: 'npy' | 'idx' }>): Reader => ({
  imports: ['import gzip', 'from pathlib import Path'],
  text: `${opened}

def read_idx(path: str) -> np.ndarray:
    """MNIST's format: the number of dimensions, their sizes, then bytes."""
    data = open_file(path)
    shape = np.frombuffer(data, ">u4", count=data[3], offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)


def read(source: str = SOURCE) -> tuple[np.ndarray, np.ndarray]:
    """The pictures, and what they are."""
    labels = ${labels === null ? 'source.replace("images", "labels").replace("idx3", "idx1")' : quoted(labels)}
    return read_idx(source), read_idx(labels)
`,
})

function cifar({ kind }: Extract<Source, { kind: 'cifar10' | 'cifar100' }>): Reader {
  const [header, pattern] =
    kind === 'cifar10' ? [1, '(data_batch_\\d+|test_batch)\\.bin(\\.gz)?'] : [2, '(train|test)\\.bin(\\.gz)?']
  return {
    imports: ['import gzip', 'import re', 'from pathlib import Path'],
    text: `${opened}

def read(source: str = SOURCE) -> tuple[np.ndarray, np.ndarray]:
    """The pictures, and what they are. A record is the class, then all reds, greens and blues."""
    path = Path(source)
    files = sorted(f for f in path.iterdir() if re.fullmatch(r"${pattern}", f.name)) if path.is_dir() else [path]
    data = np.frombuffer(b"".join(open_file(f) for f in files), np.uint8).reshape(-1, ${header} + 3072)
    return data[:, ${header}:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1), data[:, ${header - 1}]
`,
  }
}

const images = (channels: number): Reader => ({
  imports: ['from collections.abc import Sequence', 'from pathlib import Path', ...pictureImports],
  text: `${pictureText(channels)}

class Images(Sequence):
    """Pictures, read when they are asked for."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = paths

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> np.ndarray:
        return read_image(self.paths[index])


def read(source: str = SOURCE) -> tuple[Images, np.ndarray]:
    """The pictures of a folder for each class, and what they are."""
    paths, classes = [], []
    for number, label in enumerate(LABELS):
        for path in sorted((Path(source) / label).iterdir()):
            if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp"):
                paths.append(path)
                classes.append(number)
    return Images(paths), np.array(classes)
`,
})

const csv = (labels: readonly string[] | null): Reader => ({
  imports: ['import csv', 'import io', 'import json', 'from pathlib import Path'],
  text: `# How the columns become numbers.
TABLE = json.loads((HERE / "table.json").read_text("utf-8"))
MISSING = {"", "?", "na", "n/a", "nan", "null"}


def rows_of(path: str | Path) -> list[list[str]]:
    """The cells of a text file, separated by commas, semicolons or tabs."""
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-16" if data[:2] == b"\\xff\\xfe" else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    kept = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    delimiter = next((d for d in ",;\\t" if d in next((line for line in kept if set(line) & set(",;\\t")), "")), ",")
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO("\\n".join(kept)), delimiter=delimiter)]


def encode(cells: list[str]) -> list[float]:
    """The cells of the input columns as numbers: a text as one column of 0 and 1 for each that there is."""
    values: list[float] = []
    for cell, column in zip(cells, TABLE["columns"], strict=True):
        texts = column.get("texts")
        missing = cell.lower() in MISSING and not (texts and cell in texts)
        if texts:
            values += [float(cell == text) for text in texts]
        else:
            values.append(TABLE["missing"] if missing else float(cell) / TABLE["scale"])
    return values


def read(source: str = SOURCE) -> tuple[np.ndarray, np.ndarray]:
    """The rows of a table as numbers, and what they are."""
    rows = rows_of(source)
    header = rows.pop(0) if TABLE["named"] else [str(i) for i in range(len(rows[0]))]
    targets = [header.index(name) for name in TABLE["targets"]]
    if TABLE["missing"] is None:
        rows = [row for row in rows if not any(row[i].lower() in MISSING for i in TABLE["places"] + targets)]
    samples = np.array([encode([row[i] for i in TABLE["places"]]) for row in rows], np.float32)
${labels ? '    return samples, np.array([LABELS.index(row[targets[0]]) for row in rows])' : '    return samples, np.array([[float(row[i]) for i in targets] for row in rows], np.float32)'}
`,
})

const arrays: Reader = {
  imports: [],
  text: `def read(source: str | Path = HERE / SOURCE) -> tuple[np.ndarray, np.ndarray]:
    """The samples, and what they are."""
    file = np.load(source)
    return file["x"], file["y"]
`,
}

export function readerOf({ samples, source }: TorchProject): Reader {
  switch (source.kind) {
    case 'arrays':
      return { ...arrays, imports: ['from pathlib import Path'] }
    case 'npz':
      return npz(source)
    case 'npy':
      return npy(source)
    case 'idx':
      return idx(source)
    case 'cifar10':
    case 'cifar100':
      return cifar(source)
    case 'images':
      return images(samples.sourceShape[2] ?? 3)
    case 'csv':
      return csv(samples.labels)
  }
}
