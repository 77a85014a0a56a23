/** What a model needs beyond PyTorch, in Python; written into model.py where it is used. */
export const helpers = {
  without_scale: `
def without_scale(norm: nn.Module) -> nn.Module:
    """A normalization that learns no scale: its weight stays 1."""
    norm.weight.requires_grad_(False)
    return norm
`,
  without_shift: `
def without_shift(norm: nn.Module) -> nn.Module:
    """A normalization that learns no shift: its bias stays 0."""
    norm.bias.requires_grad_(False)
    return norm
`,
  one_bias: `
def one_bias(rnn: nn.RNNBase) -> nn.RNNBase:
    """A recurrent layer that learns one bias, not the sum of two."""
    for name, bias in rnn.named_parameters():
        if name.startswith("bias_hh"):
            bias.requires_grad_(False)
    return rnn
`,
  padded_average: `
def padded_average(pool: nn.Module, x: Tensor, padding: tuple[int, ...]) -> Tensor:
    """Average pooling in which the padding does not count."""
    inside = torch.ones_like(x[:1, :1])
    return pool(F.pad(x, padding)) / pool(F.pad(inside, padding))
`,
  HardSigmoid: `
class HardSigmoid(nn.Module):
    """min(max(0.2 x + 0.5, 0), 1); nn.Hardsigmoid has a slope of 1/6."""

    def forward(self, x: Tensor) -> Tensor:
        return (0.2 * x + 0.5).clamp(0, 1)
`,
  GaussianNoise: `
class GaussianNoise(nn.Module):
    """Adds noise while training."""

    def __init__(self, std: float) -> None:
        super().__init__()
        self.std = std

    def forward(self, x: Tensor) -> Tensor:
        return x + self.std * torch.randn_like(x) if self.training else x
`,
  ElementwisePReLU: `
class ElementwisePReLU(nn.Module):
    """A slope for every element of a sample."""

    def __init__(self, *shape: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(shape))

    def forward(self, x: Tensor) -> Tensor:
        return torch.where(x > 0, x, self.weight * x)
`,
  TableConv2d: `
class TableConv2d(nn.Conv2d):
    """A convolution whose filters see only the channels in their row of the table."""

    def __init__(self, table: list[list[int]], in_channels: int, kernel_size, **options) -> None:
        super().__init__(in_channels, len(table), kernel_size, **options)
        mask = torch.zeros(len(table), in_channels, 1, 1)
        for row, channels in enumerate(table):
            mask[row, channels] = 1
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return self._conv_forward(x, self.weight * self.mask, self.bias)
`,
  BilinearUpsample: `
class BilinearUpsample(nn.Module):
    """Interpolates from the first row and column on: row i is taken at i / scale."""

    def __init__(self, *scales: int) -> None:
        super().__init__()
        self.scales = scales

    def forward(self, x: Tensor) -> Tensor:
        for dim, scale in enumerate(self.scales, start=2):
            size = x.shape[dim]
            place = torch.arange(size * scale, device=x.device) / scale
            low = place.long()
            high = (low + 1).clamp(max=size - 1)
            part = (place - low).reshape(-1, *[1] * (x.dim() - dim - 1))
            x = torch.lerp(x.index_select(dim, low), x.index_select(dim, high), part)
        return x
`,
  SimpleRNN: `
class SimpleRNN(nn.Module):
    """As nn.RNN with batch_first, with any activation."""

    def __init__(self, input_size: int, hidden_size: int, activation: nn.Module, bias: bool = True) -> None:
        super().__init__()
        self.input = nn.Linear(input_size, hidden_size, bias)
        self.state = nn.Linear(hidden_size, hidden_size, bias=False)
        self.activation = activation

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        h = x.new_zeros(len(x), self.state.in_features)
        states = []
        for step in self.input(x).unbind(1):
            h = self.activation(step + self.state(h))
            states.append(h)
        return torch.stack(states, dim=1), h
`,
  LSTM: `
class LSTM(nn.Module):
    """As nn.LSTM with batch_first, with any activations."""

    def __init__(
        self, input_size: int, hidden_size: int, activation: nn.Module, gate: nn.Module, bias: bool = True
    ) -> None:
        super().__init__()
        self.input = nn.Linear(input_size, 4 * hidden_size, bias)
        self.state = nn.Linear(hidden_size, 4 * hidden_size, bias=False)
        self.activation = activation
        self.gate = gate

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        h = c = x.new_zeros(len(x), self.state.in_features)
        states = []
        for step in self.input(x).unbind(1):
            i, f, candidate, o = (step + self.state(h)).chunk(4, dim=-1)
            c = self.gate(f) * c + self.gate(i) * self.activation(candidate)
            h = self.gate(o) * self.activation(c)
            states.append(h)
        return torch.stack(states, dim=1), h
`,
  GRU: `
class GRU(nn.Module):
    """A GRU that resets the state before the product with its weights; nn.GRU resets the product."""

    def __init__(
        self, input_size: int, hidden_size: int, activation: nn.Module, gate: nn.Module, bias: bool = True
    ) -> None:
        super().__init__()
        self.input = nn.Linear(input_size, 3 * hidden_size, bias)
        self.gates = nn.Linear(hidden_size, 2 * hidden_size, bias=False)
        self.state = nn.Linear(hidden_size, hidden_size, bias=False)
        self.activation = activation
        self.gate = gate

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        h = x.new_zeros(len(x), self.state.in_features)
        states = []
        for step in self.input(x).unbind(1):
            update, reset, candidate = step.chunk(3, dim=-1)
            z, r = self.gate(torch.cat([update, reset], dim=-1) + self.gates(h)).chunk(2, dim=-1)
            h = z * h + (1 - z) * self.activation(candidate + self.state(r * h))
            states.append(h)
        return torch.stack(states, dim=1), h
`,
  Bidirectional: `
class Bidirectional(nn.Module):
    """Reads a sequence forwards and backwards; gives both states of every step, or both last ones."""

    def __init__(self, forwards: nn.Module, backwards: nn.Module, sequences: bool) -> None:
        super().__init__()
        self.forwards = forwards
        self.backwards = backwards
        self.sequences = sequences

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        there, _ = self.forwards(x)
        back, _ = self.backwards(x.flip(1))
        return (there, back.flip(1)) if self.sequences else (there[:, -1], back[:, -1])
`,
} as const satisfies Readonly<Record<string, string>>

export type HelperName = keyof typeof helpers
/** In the order in which they may use each other. */
export const helperNames = Object.keys(helpers) as HelperName[]
