import type { TorchProject } from './settings'

/** Batch normalization sees the samples of its process alone, unless it is told otherwise. */
export const normalizes = ({ model }: TorchProject): boolean => /\bnn\.BatchNorm/.test(model.text)

/** The function `sync_batch_norm`: on CPUs as on GPUs, which nn.SyncBatchNorm wants. */
export const syncText = `def sync_batch_norm(model: nn.Module) -> None:
    """Lets batch normalization see the batches of all processes as one. All of them must be of one size."""

    def forward(norm: nn.Module, x: Tensor) -> Tensor:
        if not norm.training:
            return type(norm).forward(norm, x)
        axes = [0, *range(2, x.dim())]
        count = x.numel() // x.shape[1] * dist.get_world_size()
        mean = all_reduce(x.sum(axes)) / count
        shape = (1, -1, *[1] * (x.dim() - 2))
        centred = x - mean.view(shape)
        variance = all_reduce((centred**2).sum(axes)) / count
        with torch.no_grad():
            norm.running_mean.lerp_(mean, norm.momentum)
            norm.running_var.lerp_(variance * count / (count - 1), norm.momentum)
        y = centred * torch.rsqrt(variance + norm.eps).view(shape)
        return y * norm.weight.view(shape) + norm.bias.view(shape) if norm.affine else y

    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.forward = forward.__get__(module)`
