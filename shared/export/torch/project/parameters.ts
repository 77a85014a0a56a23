import { torchOptimizers } from './optimizers'
import { blocks, lines, number, quoted, type TorchProject } from './settings'

export const regularises = ({ weights }: TorchProject): boolean =>
  weights.some((w) => w.trainable && (w.l1 > 0 || w.l2 > 0))
/** Modules none of whose weights move. */
export const frozenModules = ({ weights }: TorchProject): readonly string[] => {
  const moduleOf = (path: string) => path.split('.').slice(0, -1).join('.')
  const moving = new Set(weights.filter((w) => w.trainable).map((w) => moduleOf(w.path)))
  return [...new Set(weights.map((w) => moduleOf(w.path)))].filter((m) => !moving.has(m))
}

/** The optimizer as it is made, and what stands above it. */
export function parametersText(project: TorchProject): string {
  const { weights, model } = project
  const moved = weights.filter((w) => w.trainable)
  const scaled = moved.filter((w) => w.learningRateMultiplier !== 1)
  const regularised = moved.filter((w) => w.l1 > 0 || w.l2 > 0)
  const frozen = frozenModules(project)
  return blocks(
    frozen.length > 0 && lines('# Layers that stay as they are.', `FROZEN = [${frozen.map(quoted).join(', ')}]`),
    regularised.length > 0 &&
      lines(
        '# What is added to the loss: L1 times the magnitudes, L2 times the squares.',
        'PENALTIES = {',
        ...regularised.map((w) => `    ${quoted(w.path)}: (${number(w.l1)}, ${number(w.l2)}),`),
        '}',
        '',
        '',
        `def penalty(model: ${model.name}) -> Tensor:`,
        '    parameters = dict(model.named_parameters())',
        '    return sum(',
        '        l1 * parameters[name].abs().sum() + l2 * parameters[name].square().sum()',
        '        for name, (l1, l2) in PENALTIES.items()',
        '    )',
      ),
    scaled.length > 0 &&
      lines(
        '# Shares of the learning rate, where they are not 1.',
        'RATES = {',
        ...scaled.map((w) => `    ${quoted(w.path)}: ${number(w.learningRateMultiplier)},`),
        '}',
      ),
    optimizerText(project, scaled.length > 0),
    frozen.length > 0 &&
      lines(
        `def to_training(model: ${model.name}) -> None:`,
        '    """Training mode, but for the layers that stay as they are."""',
        '    model.train()',
        '    for name in FROZEN:',
        '        model.get_submodule(name).eval()',
      ),
  )
}

function optimizerText({ model, training, weights }: TorchProject, scaled: boolean): string {
  const { type, decoupled, options, decoupledOptions = [] } = torchOptimizers[training.optimizer]
  const decays = training.weightDecay > 0
  const named = weights.filter((w) => w.trainable)
  const byDimension = named.every((w) => w.decays === w.dimensions > 1)
  const rate = scaled ? 'RATES.get(name, 1)' : '1'
  const kernel = byDimension ? 'parameter.dim() > 1' : 'name in KERNELS'
  const key = lines(
    decays &&
      !byDimension &&
      `KERNELS = {\n${named
        .filter((w) => w.decays)
        .map((w) => `    ${quoted(w.path)},\n`)
        .join('')}}\n\n`,
    `def make_optimizer(model: ${model.name}) -> torch.optim.Optimizer:`,
  )
  if (!decays && !scaled)
    return lines(
      key,
      '    parameters = [p for p in model.parameters() if p.requires_grad]',
      `    return torch.optim.${type}(${['parameters', 'lr=LEARNING_RATE', ...options].join(', ')})`,
    )
  const decayed = decays && decoupled ? ', "weight_decay": WEIGHT_DECAY if decays else 0' : ''
  const own = decays && !decoupled ? ', "decay": WEIGHT_DECAY if decays else 0' : ''
  const all = [...options, ...(decays ? decoupledOptions : [])]
  return lines(
    key,
    `    """${decays ? 'Weights decay; biases, scales and shifts do not.' : 'Some layers have a rate of their own.'}"""`,
    '    groups: dict[tuple[bool, float], list[nn.Parameter]] = {}',
    '    for name, parameter in model.named_parameters():',
    '        if parameter.requires_grad:',
    `            groups.setdefault((${decays ? kernel : 'False'}, ${rate}), []).append(parameter)`,
    '    parameters = [',
    `        {"params": group, "share": share${decayed}${own}} for (decays, share), group in groups.items()`,
    '    ]',
    `    return torch.optim.${decays && decoupled ? decoupled : type}(${['parameters', 'lr=LEARNING_RATE', ...all].join(', ')})`,
  )
}

/** How the optimizer's groups look: a share of the rate each, and what is taken off the weights by hand. */
export const groupsOf = ({ training, weights }: TorchProject) => ({
  shares: weights.some((w) => w.trainable && w.learningRateMultiplier !== 1) || training.weightDecay > 0,
  decaysByHand: training.weightDecay > 0 && !torchOptimizers[training.optimizer].decoupled,
})
