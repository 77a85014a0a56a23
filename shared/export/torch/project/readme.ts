import { quoted, type TorchProject } from './settings'
import { normalizes } from './sync'

/** README.md: two commands, and what one must know. */
export function readmeText(project: TorchProject): string {
  const { title, training, samples, untrained } = project
  const all = [
    `A batch is that of all processes together: ${training.batchSize} samples, of which each process takes its share${normalizes(project) ? '' : ', so that their number changes the speed alone'}.`,
    untrained
      ? 'The same seed gives the same split of the data as in Netloom, but another order and other random changes of samples.'
      : 'The same seed gives the same split of the data as in the run, but another order and other random changes of samples.',
    (training.optimizer === 'sgd' || training.optimizer === 'nesterov') &&
      "SGD's momentum is PyTorch's: it keeps gradients, where Netloom keeps steps. The two are the same at a constant learning rate.",
    normalizes(project) &&
      'Batch normalization sees the samples of its process alone; with `--sync-batch-norm` those of all. PyTorch moves its variance by n / (n − 1) times that of the batch, Netloom by that itself.',
    untrained?.unscaled === true &&
      `The settings scale what the network is given by figures of the training part (${training.normalization}). There was no data to take them from: samples are given as they are. Scale them beforehand, or choose the data in Netloom and export again.`,
    training.testSplit > 0 && 'The test part of the data is neither trained nor validated on.',
  ]
  const notes = all.flatMap((note) => (note ? [`- ${note}`] : []))
  return `# ${title.replace(/\s+/g, ' ')}

${opening(project)}

\`\`\`sh
pip install -r requirements.txt
python train.py
\`\`\`

On all GPUs of this machine: \`torchrun --nproc-per-node gpu train.py\`. On several machines, the same on each of them:
\`torchrun --nnodes 2 --nproc-per-node gpu --rdzv-backend c10d --rdzv-endpoint <first machine>:29500 train.py\`.

${data(project)} ${start(project)} \`output/\` gets the figures of each epoch
(\`metrics.ndjson\`), a checkpoint for \`--resume\`, and \`trained.safetensors\`.

| file | |
|---|---|
| \`model.py\` | the network; channels come first, as PyTorch's layers want them |
${untrained ? '' : "| `weights.safetensors` | the weights of the run, by the model's names |\n"}| \`data.py\` | samples as the network takes them: read, split, scaled${samples.labels ? ', with their classes in `labels.json`' : ''} |
| \`train.py\` | training, alone or under torchrun |
| \`predict.py\` | what the${untrained ? ' trained' : ''} network says: \`python predict.py ${quoted(example(project)).slice(1, -1)}\` |

${notes.join('\n')}
`
}

const opening = ({ untrained }: TorchProject): string =>
  untrained
    ? `A network drawn with Netloom, as a PyTorch project. **It is not trained**: its weights are those that the seed ${untrained.seed} gives.`
    : 'A network made with Netloom, as a PyTorch project: the model, its trained weights, and the same data, loss, optimizer, schedule and seed.'

function data({ samples, source }: TorchProject): string {
  if (source.kind !== 'arrays')
    return `The samples are read from \`${source.path}\`; name another place with \`--data\`.`
  if (!source.awaited) return 'The samples are in `data.npz`.'
  const { inputShape, labels, targetSize } = samples
  const x = `\`x\`, of shape (samples, ${inputShape.join(', ')}), numbers as the network takes them${inputShape.length > 1 ? ', or bytes, which become 0 to 1' : ''}`
  const y = labels
    ? `\`y\`, of shape (samples,), classes from 0 to ${labels.length - 1}, whose names stand in \`labels.json\``
    : `\`y\`, of shape (samples, ${targetSize}), what the network is to say`
  return `Put your samples into \`data.npz\`, as \`np.savez("data.npz", x=x, y=y)\` writes it: ${x}; ${y}.`
}

const start = ({ untrained }: TorchProject): string =>
  untrained
    ? 'Training begins with `initial.safetensors`; `--start <file>` with other weights.'
    : "Training begins with `initial.safetensors`, the weights that the run's seed gives; `--start weights.safetensors` goes on from the\ntrained ones, and `python train.py --evaluate --start weights.safetensors` says how good those are."

export const isPicture = ({ samples }: TorchProject): boolean =>
  samples.sourceShape.length === 3 &&
  [1, 3].includes(samples.sourceShape[2] ?? 0) &&
  samples.range[0] === 0 &&
  samples.range[1] === 1

const example = (project: TorchProject): string =>
  isPicture(project) ? 'picture.png' : project.source.kind === 'csv' ? 'rows.csv' : 'samples.npy'

/** requirements.txt. */
export const requirementsText = (project: TorchProject): string =>
  `torch>=2.1\nnumpy\n${isPicture(project) || project.source.kind === 'images' ? 'pillow\n' : ''}`
