import { groupsOf, regularises } from './parameters'
import { lines, type TorchProject } from './settings'

/** The function `take_step`, and what it needs. */
export function stepText(project: TorchProject): string {
  const { samples, training: t, model } = project
  const weighted = samples.labels !== null && t.classWeight !== 'none'
  const extra = weighted ? ', class_weights' : ''
  const several = t.gradientAccumulationSteps > 1
  const losses = `loss_of(outputs, target${extra})${regularises(project) ? ' + penalty(model)' : ''}`
  const after = [
    t.clipValue > 0 && '    nn.utils.clip_grad_value_(model.parameters(), CLIP_VALUE)',
    t.clipNorm > 0 && '    nn.utils.clip_grad_norm_(model.parameters(), CLIP_NORM)',
    groupsOf(project).decaysByHand &&
      lines(
        '    with torch.no_grad():',
        '        for group in optimizer.param_groups:',
        '            for parameter in group["params"]:',
        '                parameter.mul_(1 - group["lr"] * group["decay"])',
      ),
    '    optimizer.step()',
    '    return sums',
  ]
  const balanced =
    weighted &&
    t.classWeight === 'balanced' &&
    lines(
      'def balanced_weights(classes: np.ndarray) -> Tensor:',
      '    """Classes count inversely to how frequent they are in the training part."""',
      '    counts = np.bincount(classes, minlength=len(LABELS))',
      '    present = np.count_nonzero(counts)',
      '    return torch.tensor(np.where(counts > 0, len(classes) / (present * np.maximum(counts, 1)), 0)).float()',
      '',
      '',
    )
  const head = (batch: string) =>
    lines(
      `def take_step(model: ${model.name}, parallel, optimizer, ${batch}, device${extra}) -> Tensor:`,
      '    """Moves the weights once; gives the sums of figures over the samples."""',
      '    optimizer.zero_grad()',
    )
  if (!several)
    return lines(
      balanced,
      head('inputs, target'),
      '    outputs = parallel(*(x.to(device) for x in inputs))',
      '    target = target.to(device)',
      `    losses = ${losses}`,
      '    losses.mean().backward()',
      '    sums = figures_of(outputs, target, losses.detach())',
      ...after,
    )
  return lines(
    balanced,
    'def groups(loader: DataLoader):',
    '    """The batches of each step."""',
    '    held = []',
    '    for batch in loader:',
    '        held.append(batch)',
    '        if len(held) == ACCUMULATE:',
    '            yield held',
    '            held = []',
    '    if held:',
    '        yield held',
    '',
    '',
    head('batches'),
    '    sums = 0',
    '    total = sum(len(target) for _, target in batches)',
    '    for at, (inputs, target) in enumerate(batches):',
    '        # The processes exchange gradients once per step.',
    '        waits = parallel is not model and at < len(batches) - 1',
    '        with parallel.no_sync() if waits else nullcontext():',
    '            outputs = parallel(*(x.to(device) for x in inputs))',
    '            target = target.to(device)',
    `            losses = ${losses}`,
    '            (losses.sum() / total).backward()',
    '        sums = sums + figures_of(outputs, target, losses.detach())',
    ...after,
  )
}
