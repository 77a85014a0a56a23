import { isAugmented, isImage } from '../../../training/augmentation'
import { lines, number, type TorchProject, tuple } from './settings'

/** Whether training sees other versions of the images in every epoch. */
export const augments = ({ samples, training }: TorchProject): boolean =>
  isAugmented(training) && isImage(samples.sourceShape)

/** The function `augment`, with the changes that the settings ask for. */
export function augmentText({ samples, training: t }: TorchProject): string {
  const moves = t.flip !== 'none' || t.shift + t.crop + t.rotation > 0
  const colours = t.brightness + t.contrast + t.noise > 0
  const flips = (axis: 'horizontal' | 'vertical') => t.flip === axis || t.flip === 'both'
  return lines(
    'def augment(image: np.ndarray, random: np.random.Generator) -> np.ndarray:',
    '    """Another version of an image (height × width × channels)."""',
    moves &&
      lines(
        '    height, width, _ = image.shape',
        '    # Where each pixel is taken from, measured from the middle.',
        '    y, x = np.mgrid[:height, :width] - np.array([height - 1, width - 1]).reshape(2, 1, 1) / 2',
        t.shift > 0 && `    y -= round(random.uniform(-1, 1) * round(${number(t.shift)} * height))`,
        t.shift > 0 && `    x -= round(random.uniform(-1, 1) * round(${number(t.shift)} * width))`,
        flips('vertical') && '    y *= random.choice((-1, 1))',
        flips('horizontal') && '    x *= random.choice((-1, 1))',
        t.rotation > 0 &&
          lines(
            `    angle = np.radians(random.uniform(-1, 1) * ${number(t.rotation)})`,
            '    y, x = np.cos(angle) * y - np.sin(angle) * x, np.sin(angle) * y + np.cos(angle) * x',
          ),
        t.crop > 0 &&
          lines(
            `    size = 1 - random.random() * ${number(t.crop)}`,
            '    y = size * y + random.uniform(-0.5, 0.5) * (1 - size) * height',
            '    x = size * x + random.uniform(-0.5, 0.5) * (1 - size) * width',
          ),
        '    # Bilinear; beyond the edge the edge goes on.',
        '    y = np.clip(y + (height - 1) / 2, 0, height - 1)',
        '    x = np.clip(x + (width - 1) / 2, 0, width - 1)',
        '    top, left = y.astype(int), x.astype(int)',
        '    bottom, right = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)',
        '    down, across = (y - top)[..., None], (x - left)[..., None]',
        '    above = image[top, left] * (1 - across) + image[top, right] * across',
        '    below = image[bottom, left] * (1 - across) + image[bottom, right] * across',
        '    image = above * (1 - down) + below * down',
      ),
    colours &&
      lines(
        `    low, high = ${tuple(samples.range)}`,
        t.contrast > 0 &&
          `    image = image.mean() + (image - image.mean()) * (1 + random.uniform(-1, 1) * ${number(t.contrast)})`,
        t.brightness > 0 && `    image = image + random.uniform(-1, 1) * ${number(t.brightness)} * (high - low)`,
        t.noise > 0 && `    image = image + random.normal(0, ${number(t.noise)} * (high - low), image.shape)`,
        '    image = np.clip(image, low, high)',
      ),
    '    return image',
  )
}
