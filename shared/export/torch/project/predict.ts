import { pictureImports, pictureText } from './pictures'
import { isPicture } from './readme'
import { blocks, lines, type TorchProject } from './settings'

/** predict.py: probabilities of pictures, or what comes out for the rows of a file. */
export function predictText(project: TorchProject): string {
  const { model, network, samples, source, untrained } = project
  const { labels } = samples
  const pictures = isPicture(project)
  const own = source.kind === 'images'
  const table = source.kind === 'csv' && !pictures
  const several = network.outputs.length > 1
  const names = [
    ...(own ? [] : ['SAMPLE_SHAPE']),
    'to_inputs',
    ...(labels ? ['LABELS'] : []),
    ...(own ? ['read_image'] : []),
    ...(table ? ['TABLE', 'encode', 'rows_of'] : []),
  ]
  const call = `model${model.predicts ? '.predict' : ''}(*(x.unsqueeze(0) for x in to_inputs(sample)))`
  return blocks(
    lines(
      `"""Says what the network makes of ${pictures ? 'pictures: python predict.py picture.png' : `samples: python predict.py ${table ? 'rows.csv' : 'samples.npy'}`}"""`,
      '',
      'import sys',
      'from pathlib import Path',
      '',
      'import numpy as np',
      'import torch',
      ...(pictures && !own ? pictureImports : []),
      '',
      'import weights',
      `from data import ${names.sort((a, b) => (a < b ? -1 : 1)).join(', ')}`,
      `from model import ${model.name}`,
      '',
      untrained
        ? 'WEIGHTS = Path(__file__).parent / "output" / "trained.safetensors"  # that train.py writes'
        : 'WEIGHTS = Path(__file__).parent / "weights.safetensors"',
    ),
    pictures && !own && pictureText(samples.sourceShape[2] ?? 3),
    lines(
      'def samples_of(path: str) -> list[np.ndarray]:',
      ...(pictures
        ? ['    return [read_image(path)]']
        : table
          ? [
              '    """The rows of a table with the columns of the inputs, by name or in their order."""',
              '    rows = rows_of(path)',
              '    names = [column["name"] for column in TABLE["columns"]]',
              '    named = TABLE["named"] and set(names) <= set(rows[0])',
              '    places = [rows[0].index(name) for name in names] if named else range(len(names))',
              '    encoded = [encode([row[i] for i in places]) for row in rows[named:]]',
              '    return [np.array(row, np.float32).reshape(SAMPLE_SHAPE) for row in encoded]',
            ]
          : ['    return [np.asarray(sample, np.float32).reshape(SAMPLE_SHAPE) for sample in np.load(path)]']),
    ),
    lines(
      'def main() -> None:',
      `    model = ${model.name}()`,
      untrained &&
        '    if not WEIGHTS.exists():\n        sys.exit(f"There is no {WEIGHTS}. Train first: python train.py")',
      '    model.load_state_dict(weights.load(WEIGHTS))',
      '    model.eval()',
      '    for path in sys.argv[1:]:',
      '        for number, sample in enumerate(samples_of(path)):',
      '            with torch.no_grad():',
      `                output = ${call}${several ? `[${network.main}]` : ''}.flatten()`,
      ...(labels
        ? [
            '            best = output.argsort(descending=True)[:5].tolist()',
            '            said = ", ".join(f"{LABELS[i]} {output[i]:.4f}" for i in best)',
          ]
        : ['            said = ", ".join(f"{value:.6g}" for value in output.tolist())']),
      '            print(f"{path}, {number}: {said}")',
    ),
    'if __name__ == "__main__":\n    main()',
  )
}
