import { helperNames } from './helpers'

const keywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield match case'
  ).split(' '),
)
/** Attributes that nn.Module has already, what the methods of a model are called, and what they ask for by name. */
const taken = new Set<string>([
  ...helperNames,
  ...(
    'nn self torch add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extra_repr float forward get_buffer ' +
    'get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia name named_buffers named_children ' +
    'named_modules named_parameters parameters predict register_backward_hook register_buffer register_forward_hook ' +
    'register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook ' +
    'register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook ' +
    'register_state_dict_pre_hook requires_grad_ ' +
    'set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad'
  ).split(' '),
])
/** What the files beside model.py, which import the network's class, have under names of their own. */
const besideModel =
  'DataLoader Dataset DistributedDataParallel DistributedSampler Image ImageOps Images KeyboardInterrupt Path Random Samples ' +
  'Sequence SystemExit UnicodeDecodeError ValueError ACCUMULATE EPOCHS EPS FROZEN HERE KERNELS LABELS MISSING MOMENTUM OFFSET PAIRS PATIENCE ' +
  'PENALTIES RATES SCALE SEED SOURCE TABLE WEIGHTS'
const classesTaken = new Set<string>([...helperNames, ...besideModel.split(' '), 'F', 'nn', 'torch', 'Tensor'])

/** Letters and digits of ASCII, in words: `1×1 reduce` → `1x1`, `reduce`. */
const words = (name: string): readonly string[] =>
  name
    .normalize('NFKD')
    .replace(/[×✕]/g, 'x')
    .replace(/[\u0300-\u036f]/g, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')

/** A Python name for a layer, an input or a block: `conv1 bn` → `conv1_bn`. `kind` stands before a digit (a
 * normalization there is that of a convolution), or for nothing at all. */
export function snakeCase(name: string, kind: string): string {
  const text = words(name).join('_').toLowerCase()
  const full = text === '' ? kind : /^\d/.test(text) ? `${kind === 'norm' ? 'conv' : kind}_${text}` : text
  return keywords.has(full) || taken.has(full) ? `${full}_layer` : full
}

/** A Python name for a class: `Residual block` → `ResidualBlock`, `LeNet-5` → `LeNet5`. */
export function pascalCase(name: string, otherwise: string): string {
  const text = words(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  const full = text === '' ? otherwise : /^\d/.test(text) ? `${otherwise}${text}` : text
  return classesTaken.has(full) || keywords.has(full) ? `${full}Module` : full
}

/** The first of `base`, `base_2`, `base_3`, … that is free, and takes it. */
export function claim(names: Set<string>, base: string, gap = '_'): string {
  let name = base
  for (let n = 2; names.has(name); n++) name = `${base}${gap}${n}`
  names.add(name)
  return name
}
