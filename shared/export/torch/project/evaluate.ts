import { flat } from './outputs'
import { regularises } from './parameters'
import { lines, type TorchProject } from './settings'
import { normalizes } from './sync'

/** The functions that give the figures of an epoch. */
export function evaluateText(project: TorchProject): string {
  const { network, samples } = project
  const main = network.outputs[network.main]
  const outputs = network.outputs.length > 1 ? `outputs[${network.main}]` : 'outputs'
  const y = main ? flat(main.value.layout, main.shape, outputs) : outputs
  const classes = samples.labels !== null
  return lines(
    'def figures_of(outputs, target: Tensor, losses: Tensor) -> Tensor:',
    `    """Sums over a batch: of the losses, ${classes ? 'of the samples put into their class, ' : ''}of the samples."""`,
    classes && `    right = (${y}.argmax(dim=1) == target).sum()`,
    `    return torch.stack([losses.sum(), ${classes ? 'right, ' : ''}torch.tensor(len(target), device=losses.device)]).double()`,
    '',
    '',
    'def means(sums: Tensor, prefix: str) -> dict[str, float | None]:',
    '    """What the sums of all processes come to for a sample."""',
    '    if dist.is_initialized():',
    '        dist.all_reduce(sums)',
    '    *totals, count = sums.tolist()',
    '    if count == 0:',
    '        return {f"{prefix}loss": None}',
    '    figures = {f"{prefix}loss": totals[0] / count}',
    classes && '    figures[f"{prefix}accuracy"] = totals[1] / count',
    '    return figures',
    '',
    '',
    '@torch.no_grad()',
    `def evaluate(model: ${project.model.name}, loader: DataLoader, device: torch.device) -> dict[str, float | None]:`,
    '    """Figures of the validation part, of which every process has a share."""',
    normalizes(project) &&
      lines(
        '    if dist.is_initialized():',
        '        # Moving statistics are those of the first process.',
        '        for buffer in model.buffers():',
        '            dist.broadcast(buffer, 0)',
      ),
    '    model.eval()',
    `    sums = torch.zeros(${classes ? 3 : 2}, dtype=torch.float64, device=device)`,
    '    for inputs, target in loader:',
    '        outputs = model(*(x.to(device) for x in inputs))',
    '        target = target.to(device)',
    `        losses = loss_of(outputs, target)${regularises(project) ? ' + penalty(model)' : ''}`,
    '        sums += figures_of(outputs, target, losses)',
    '    return means(sums, "val_")',
  )
}
