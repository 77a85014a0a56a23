import { evaluateText } from './evaluate'
import { loopText } from './loop'
import { lossText, torchLosses } from './losses'
import { torchOptimizers } from './optimizers'
import { flat } from './outputs'
import { parametersText } from './parameters'
import { scheduleText } from './schedules'
import { blocks, lines, number, type TorchProject } from './settings'
import { normalizes, syncText } from './sync'

/** train.py: alone or under torchrun. */
export function trainText(project: TorchProject): string {
  const { model, training } = project
  const used = [...new Set(project.network.outputs.filter((o) => o.weight > 0).map((o) => o.loss))]
  const body = blocks(
    constants(project),
    ...used.map(lossText),
    objective(project),
    scheduleText(training),
    parametersText(project),
    normalizes(project) && syncText,
    evaluateText(project),
    loopText(project),
    lines(
      'if __name__ == "__main__":',
      '    try:',
      '        main()',
      '    except KeyboardInterrupt:',
      '        raise SystemExit("Stopped. With --resume, training goes on after the last whole epoch.") from None',
    ),
  )
  const needs = (name: string) => new RegExp(`(?<![.\\w])${name}\\b`).test(body)
  const fromData = ['LABELS', 'Random', 'Samples', 'read', 'split'].filter(needs)
  const head = lines(
    '"""Trains the network: alone with `python train.py`, on several devices with `torchrun`."""',
    '',
    'import argparse',
    'import json',
    needs('math') && 'import math',
    'import os',
    needs('nullcontext') && 'from contextlib import nullcontext',
    'from pathlib import Path',
    '',
    needs('np') && 'import numpy as np',
    'import torch',
    'import torch.distributed as dist',
    needs('F') && 'import torch.nn.functional as F',
    `from torch import Tensor${needs('nn') ? ', nn' : ''}`,
    normalizes(project) && 'from torch.distributed.nn.functional import all_reduce',
    'from torch.nn.parallel import DistributedDataParallel',
    'from torch.utils.data import DataLoader, DistributedSampler',
    '',
    'import weights',
    `from data import ${fromData.join(', ')}`,
    `from model import ${model.name}`,
  )
  return `${head}\n\n${body}`
}

function constants({ samples, training: t }: TorchProject): string {
  return lines(
    'HERE = Path(__file__).parent',
    `SEED = ${t.seed}`,
    `EPOCHS = ${t.epochs}`,
    `BATCH_SIZE = ${t.batchSize}  # of all processes together`,
    t.gradientAccumulationSteps > 1 && `ACCUMULATE = ${t.gradientAccumulationSteps}  # batches per step`,
    `LEARNING_RATE = ${number(t.learningRate)}`,
    torchOptimizers[t.optimizer].options.some((o) => o.includes('MOMENTUM')) && `MOMENTUM = ${number(t.momentum)}`,
    t.weightDecay > 0 && `WEIGHT_DECAY = ${number(t.weightDecay)}`,
    t.clipValue > 0 && `CLIP_VALUE = ${number(t.clipValue)}`,
    t.clipNorm > 0 && `CLIP_NORM = ${number(t.clipNorm)}`,
    t.patience > 0 && `PATIENCE = ${t.patience}  # epochs without a lower validation loss`,
    t.schedule === 'reduceOnPlateau' && `PLATEAU_PATIENCE = ${t.plateauPatience}`,
    t.classWeight === 'custom' && samples.labels && `CLASS_WEIGHTS = [${t.classWeightValues.map(number).join(', ')}]`,
  )
}

/** A sum, on one line where it fits. */
function added(before: string, terms: readonly string[]): string {
  const line = before + terms.join(' + ')
  return line.length <= 100 ? line : `${before}(\n        ${terms.join('\n        + ')}\n    )`
}

/** The function `loss_of`. */
function objective({ network, samples, training }: TorchProject): string {
  const { labels, targetSize } = samples
  const { outputs } = network
  const sizes = outputs.map((o) => o.shape.reduce((a, b) => a * b, 1))
  const split = !sizes.every((n) => n === targetSize)
  const hot = labels !== null && outputs.some((o) => o.weight > 0 && !torchLosses[o.loss].classes)
  const weighted = training.classWeight !== 'none' && labels !== null
  let column = 0
  const terms = outputs.flatMap((o, i) => {
    const from = column
    column += sizes[i] ?? 0
    if (o.weight === 0) return []
    const y = flat(o.value.layout, o.shape, outputs.length === 1 ? 'outputs' : `outputs[${i}]`)
    const whole = labels && !torchLosses[o.loss].classes ? 'one_hot' : 'target'
    const target = split ? `target[:, ${from}:${column}]` : whole
    const scale = o.weight === 1 ? '' : `${number(o.weight)} * `
    return [`${scale}${torchLosses[o.loss].name}(${y}, ${target})`]
  })
  return lines(
    `def loss_of(outputs, target: Tensor${weighted ? ', class_weights: Tensor | None = None' : ''}) -> Tensor:`,
    '    """The loss of every sample."""',
    hot && '    one_hot = F.one_hot(target, len(LABELS)).float()',
    weighted
      ? lines(
          added('    losses = ', terms),
          '    return losses if class_weights is None else class_weights[target] * losses',
        )
      : added('    return ', terms),
  )
}
