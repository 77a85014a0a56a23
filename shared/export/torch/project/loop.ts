import { augments } from './augmentation'
import { frozenModules, groupsOf } from './parameters'
import { lines, type TorchProject } from './settings'
import { stepText } from './step'
import { normalizes } from './sync'

/** The function `main`. */
export function loopText(project: TorchProject): string {
  const { model, samples, training: t } = project
  const classes = samples.labels !== null
  const weighted = classes && t.classWeight !== 'none'
  const plateau = t.schedule === 'reduceOnPlateau'
  const best = t.restoreBest || t.patience > 0
  return lines(
    stepText(project),
    '',
    '',
    checkpointText,
    '',
    '',
    'def main() -> None:',
    '    parser = argparse.ArgumentParser(description="Trains the network.")',
    '    add = parser.add_argument',
    '    add("--data", help="where the samples are, if not where data.py says")',
    '    add("--start", type=Path, default=HERE / "initial.safetensors", help="the weights to begin with")',
    '    add("--output", type=Path, default=HERE / "output", help="the folder for weights and figures")',
    '    add("--epochs", type=int, default=EPOCHS)',
    '    add("--batch-size", type=int, default=BATCH_SIZE, help="of all processes together")',
    '    add("--workers", type=int, default=0, help="processes that prepare batches, for each that trains")',
    '    add("--resume", action="store_true", help="go on from the checkpoint in the output")',
    '    add("--evaluate", action="store_true", help="only say how good the weights of --start are")',
    normalizes(project) &&
      '    add("--sync-batch-norm", action="store_true", help="normalize over the batches of all processes")',
    '    args = parser.parse_args()',
    '',
    '    # torchrun says how many processes there are, and which of them this is.',
    '    world, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))',
    '    if args.batch_size % world > 0:',
    '        parser.error(f"A batch of {args.batch_size} does not divide among {world} processes.")',
    '    cuda = torch.cuda.is_available()',
    '    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if cuda else torch.device("cpu")',
    '    if cuda:',
    '        torch.cuda.set_device(device)',
    '    if world > 1:',
    '        dist.init_process_group("nccl" if cuda else "gloo")',
    '',
    '    samples, targets = read(args.data) if args.data else read()',
    `    train_places, validation_places, _ = split(${classes ? 'targets' : 'np.zeros(len(targets))'})`,
    `    training = Samples(samples, targets, train_places${augments(project) ? ', augmented=True' : ''})`,
    '    validation = Samples(samples, targets, validation_places[rank::world])',
    '    sampler = DistributedSampler(training, num_replicas=world, rank=rank, seed=SEED)',
    '    options = {"batch_size": args.batch_size // world, "num_workers": args.workers, "pin_memory": cuda}',
    '    train_loader = DataLoader(training, sampler=sampler, **options)',
    '    validation_loader = DataLoader(validation, **options)',
    '',
    `    model = ${model.name}().to(device)`,
    '    model.load_state_dict(weights.load(args.start))',
    frozenModules(project).length > 0 &&
      lines('    for name in FROZEN:', '        model.get_submodule(name).requires_grad_(False)'),
    normalizes(project) && lines('    if args.sync_batch_norm and world > 1:', '        sync_batch_norm(model)'),
    '    if args.evaluate:',
    '        figures = evaluate(model, validation_loader, device)',
    '        if rank == 0:',
    '            print(json.dumps(figures))',
    '        return finish()',
    '    parallel = model',
    '    if world > 1:',
    `        parallel = DistributedDataParallel(model, device_ids=[device] if cuda else None${unused(project)})`,
    '    optimizer = make_optimizer(model)',
    weighted && `    class_weights = ${classWeights(project)}.to(device)`,
    '',
    `    state = {"epoch": 0, "best": None, "best_epoch": 0${plateau ? ', "plateaus": 0, "since": 0' : ''}}`,
    '    args.output.mkdir(parents=True, exist_ok=True)',
    '    checkpoint = args.output / "checkpoint.pt"',
    '    if args.resume:',
    '        saved = read_checkpoint(checkpoint, device)',
    '        model.load_state_dict(saved["model"])',
    '        optimizer.load_state_dict(saved["optimizer"])',
    '        state = saved["state"]',
    '',
    `    steps = -(-len(train_loader) // ${t.gradientAccumulationSteps > 1 ? 'ACCUMULATE' : '1'})`.replace(
      '-(-len(train_loader) // 1)',
      'len(train_loader)',
    ),
    `    while state["epoch"] < args.epochs${t.patience > 0 ? ' and state["epoch"] - state["best_epoch"] < PATIENCE' : ''}:`,
    '        epoch = state["epoch"]',
    '        sampler.set_epoch(epoch)',
    augments(project) && '        training.epoch = epoch',
    '        # Dropout and noise: other ones in every process and epoch, the same ones after a resumption.',
    '        torch.manual_seed(SEED + epoch * world + rank)',
    frozenModules(project).length > 0 ? '        to_training(model)' : '        model.train()',
    `        sums = torch.zeros(${classes ? 3 : 2}, dtype=torch.float64, device=device)`,
    ...(t.gradientAccumulationSteps > 1
      ? ['        for at, batches in enumerate(groups(train_loader)):']
      : ['        for at, (inputs, target) in enumerate(train_loader):']),
    `            rate = learning_rate(epoch * steps + at, args.epochs * steps${plateau ? ', state["plateaus"]' : ''})`,
    '            for group in optimizer.param_groups:',
    `                group["lr"] = rate${groupsOf(project).shares ? ' * group["share"]' : ''}`,
    `            sums += take_step(model, parallel, optimizer, ${t.gradientAccumulationSteps > 1 ? 'batches' : 'inputs, target'}, device${weighted ? ', class_weights' : ''})`,
    '        figures = means(sums, "")',
    '        if not math.isfinite(figures["loss"]):',
    '            raise SystemExit(f"The loss of epoch {epoch + 1} is not finite. Try a smaller learning rate.")',
    '        figures |= evaluate(model, validation_loader, device)',
    '',
    '        state["epoch"] += 1',
    '        loss = figures["val_loss"]',
    '        improved = loss is not None and (state["best"] is None or loss < state["best"])',
    '        if improved:',
    '            state["best"], state["best_epoch"] = loss, state["epoch"]',
    plateau &&
      lines(
        '        if improved:',
        '            state["since"] = state["epoch"]',
        '        elif state["epoch"] - state["since"] >= PLATEAU_PATIENCE:',
        '            state["plateaus"], state["since"] = state["plateaus"] + 1, state["epoch"]',
      ),
    '        if rank == 0:',
    '            report = {"epoch": state["epoch"], **figures}',
    '            print(json.dumps(report), flush=True)',
    '            with open(args.output / "metrics.ndjson", "w" if epoch == 0 else "a") as file:',
    '                print(json.dumps(report), file=file)',
    best &&
      lines(
        '            if improved:',
        '                weights.save(model.state_dict(), args.output / "best.safetensors")',
      ),
    '            saved = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "state": state}',
    '            write_checkpoint(saved, checkpoint)',
    '',
    '    if rank == 0:',
    ...(t.restoreBest
      ? [
          '        best = args.output / "best.safetensors"',
          '        trained = weights.load(best) if best.exists() else model.state_dict()',
          '        weights.save(trained, args.output / "trained.safetensors")',
        ]
      : ['        weights.save(model.state_dict(), args.output / "trained.safetensors")']),
    '    finish()',
    '',
    '',
    'def finish() -> None:',
    '    if dist.is_initialized():',
    '        # None leaves while the others still exchange something.',
    '        dist.barrier()',
    '        dist.destroy_process_group()',
  )
}

const checkpointText = `def write_checkpoint(saved: dict, path: Path) -> None:
    """Under another name first: whoever stops the training meanwhile leaves the one before."""
    unfinished = path.with_suffix(".unfinished")
    torch.save(saved, unfinished)
    os.replace(unfinished, path)


def read_checkpoint(path: Path, device: torch.device) -> dict:
    if not path.exists():
        raise SystemExit(f"There is no checkpoint {path} to go on from. Train without --resume first.")
    try:
        saved = torch.load(path, map_location=device)
        return {name: saved[name] for name in ("model", "optimizer", "state")}
    except Exception as error:
        reason = f"The checkpoint {path} is damaged: {error}"
        raise SystemExit(f"{reason}\\nDelete it and train without --resume to begin anew.") from error`

/** DistributedDataParallel waits for every gradient, unless it is told that some never come. */
function unused({ network, model }: TorchProject): string {
  const some = network.outputs.some((o) => o.weight === 0) || /> 0\)\.float\(\)/.test(model.text)
  return some ? ', find_unused_parameters=True' : ''
}

const classWeights = ({ training }: TorchProject): string =>
  training.classWeight === 'custom' ? 'torch.tensor(CLASS_WEIGHTS)' : 'balanced_weights(targets[train_places])'
