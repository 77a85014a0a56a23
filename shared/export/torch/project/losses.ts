import type { LossType } from '../../../training/losses'

interface WrittenLoss {
  readonly name: string
  readonly doc: string
  readonly body: readonly string[]
  /** Takes classes as they are; the others want them as ones among zeros. */
  readonly classes?: true
}
const side = '    side = torch.where(target > 0, 1.0, -1.0)'

/** What training makes small, for each sample: as functions in Python. */
export const torchLosses: Readonly<Record<LossType, WrittenLoss>> = {
  categoricalCrossentropy: {
    name: 'categorical_crossentropy',
    doc: 'From scores.',
    body: ['    return F.cross_entropy(y, target, reduction="none")'],
    classes: true,
  },
  binaryCrossentropy: {
    name: 'binary_crossentropy',
    doc: 'From scores.',
    body: ['    return F.binary_cross_entropy_with_logits(y, target, reduction="none").mean(dim=1)'],
  },
  focal: {
    name: 'focal',
    doc: 'From scores; Lin et al., 2017, with gamma 2 and alpha 0.25.',
    body: [
      '    log_p = F.logsigmoid(torch.where(target > 0.5, y, -y))',
      '    alpha = torch.where(target > 0.5, 0.25, 0.75)',
      '    return (-alpha * (1 - log_p.exp()) ** 2 * log_p).mean(dim=1)',
    ],
  },
  categoricalHinge: {
    name: 'categorical_hinge',
    doc: 'Over all wrong classes; Weston and Watkins, 1999.',
    body: [
      '    margins = (y - y.gather(1, target.argmax(dim=1, keepdim=True)) + 1).clamp(min=0)',
      '    return margins.sum(dim=1) - 1',
    ],
  },
  hinge: {
    name: 'hinge',
    doc: 'Targets are -1 and 1; 0 counts as -1.',
    body: [side, '    return (1 - side * y).clamp(min=0).mean(dim=1)'],
  },
  squaredHinge: {
    name: 'squared_hinge',
    doc: 'Targets are -1 and 1; 0 counts as -1.',
    body: [side, '    return ((1 - side * y).clamp(min=0) ** 2).mean(dim=1)'],
  },
  meanSquaredError: {
    name: 'mean_squared_error',
    doc: 'Mean over the outputs.',
    body: ['    return ((y - target) ** 2).mean(dim=1)'],
  },
  meanAbsoluteError: {
    name: 'mean_absolute_error',
    doc: 'Mean over the outputs.',
    body: ['    return (y - target).abs().mean(dim=1)'],
  },
  huber: {
    name: 'huber',
    doc: 'Quadratic up to 1, linear beyond.',
    body: ['    return F.smooth_l1_loss(y, target, reduction="none").mean(dim=1)'],
  },
  logCosh: {
    name: 'log_cosh',
    doc: 'Does not overflow: |d| + log(1 + exp(-2|d|)) - log 2.',
    body: ['    d = (y - target).abs()', '    return (d + torch.log1p(torch.exp(-2 * d)) - math.log(2)).mean(dim=1)'],
  },
}

export const lossText = (loss: LossType): string => {
  const { name, doc, body } = torchLosses[loss]
  return [`def ${name}(y: Tensor, target: Tensor) -> Tensor:`, `    """${doc}"""`, ...body].join('\n')
}
