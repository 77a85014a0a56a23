import { describe, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import {
  type Augmentation,
  augment,
  augmentationFields,
  isAugmented,
  isImage,
  resample,
} from '#shared/training/augmentation'
import { type Random, sampleRandom } from '#shared/training/random'

const off = defaultsOf(augmentationFields)

/** Gives these numbers in turn, then 0.5, which changes nothing but flips. */
function scripted(...numbers: number[]): Random {
  const next = () => numbers.shift() ?? 0.5
  const uniform = (low: number, high: number) => low + (high - low) * next()
  return {
    next,
    uniform,
    normal: () => next(),
    below: (n) => Math.floor(next() * n),
    shuffle: () => {},
    state: () => [0, 0, 0, 0],
  }
}
/** What is drawn, in this order; the middle of each by default. */
const draws = (
  d: Partial<
    Record<'mirror' | 'upset' | 'dy' | 'dx' | 'angle' | 'crop' | 'oy' | 'ox' | 'brightness' | 'contrast', number>
  >,
) =>
  scripted(
    d.mirror ?? 0.5,
    d.upset ?? 0.5,
    d.dy ?? 0.5,
    d.dx ?? 0.5,
    d.angle ?? 0.5,
    d.crop ?? 0,
    d.oy ?? 0.5,
    d.ox ?? 0.5,
    d.brightness ?? 0.5,
    d.contrast ?? 0.5,
  )

function changed(image: readonly number[], shape: readonly number[], settings: Partial<Augmentation>, random: Random) {
  const to = new Float32Array(image.length)
  augment(Float32Array.from(image), to, shape, [0, 9], { ...off, ...settings }, random)
  return [...to]
}
// Two rows of three.
const six = [1, 2, 3, 4, 5, 6]
const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9]

describe('pictures by numbers', () => {
  test('flips: every second picture, the axes apart', () => {
    const flipped = (flip: Augmentation['flip'], mirror: number, upset: number) =>
      changed(six, [2, 3, 1], { flip }, draws({ mirror, upset }))
    expect(flipped('horizontal', 0.4, 0.4)).toEqual([3, 2, 1, 6, 5, 4])
    expect(flipped('vertical', 0.4, 0.4)).toEqual([4, 5, 6, 1, 2, 3])
    expect(flipped('both', 0.4, 0.4)).toEqual([6, 5, 4, 3, 2, 1])
    expect(flipped('both', 0.4, 0.6)).toEqual([3, 2, 1, 6, 5, 4])
    expect(flipped('both', 0.6, 0.6)).toEqual(six)
    expect(flipped('none', 0.4, 0.4)).toEqual(six)
  })

  test('channels stay together', () => {
    expect(changed([1, 7, 2, 8], [1, 2, 2], { flip: 'horizontal' }, draws({ mirror: 0 }))).toEqual([2, 8, 1, 7])
  })

  test('a shift by whole pixels; the edge goes on', () => {
    // Of 3 columns a share of 0.34 is one pixel: drawn far right, the picture moves right and down.
    expect(changed(nine, [3, 3, 1], { shift: 0.34 }, draws({ dx: 0.999, dy: 0.5 }))).toEqual([
      1, 1, 2, 4, 4, 5, 7, 7, 8,
    ])
    expect(changed(nine, [3, 3, 1], { shift: 0.34 }, draws({ dx: 0.5, dy: 0 }))).toEqual([4, 5, 6, 7, 8, 9, 7, 8, 9])
    // Less than half a pixel is none.
    expect(changed(nine, [3, 3, 1], { shift: 0.1 }, draws({ dx: 0.999, dy: 0.999 }))).toEqual(nine)
  })

  test('a quarter turn to each side', () => {
    const turned = (angle: number) =>
      changed(nine, [3, 3, 1], { rotation: 90 }, draws({ angle })).map((v) => Math.round(v * 1e4) / 1e4)
    expect(turned(1)).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3])
    expect(turned(0)).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7])
  })

  test('the middle half of a ramp, stretched', () => {
    // Half of 4 columns is from pixel edge 1 to 3: its pixels lie 1/2 apart, the first at 0.75.
    const ramp = [0, 1, 2, 3].flatMap((v) => [v])
    const picture = [...ramp, ...ramp, ...ramp, ...ramp]
    expect(changed(picture, [4, 4, 1], { crop: 0.5 }, draws({ crop: 1 })).slice(0, 4)).toEqual([0.75, 1.25, 1.75, 2.25])
    expect(changed(picture, [4, 4, 1], { crop: 0.5 }, draws({ crop: 1, ox: 0 })).slice(0, 4)).toEqual([
      0, 0.25, 0.75, 1.25,
    ])
  })

  test('brightness and contrast about the mean, within the range', () => {
    expect(
      changed([2, 4, 6, 8], [2, 2, 1], { brightness: 0.2 }, draws({ brightness: 1 })).map((v) => Number(v.toFixed(4))),
    ).toEqual([3.8, 5.8, 7.8, 9])
    expect(changed([2, 4, 6, 8], [2, 2, 1], { contrast: 0.5 }, draws({ contrast: 0 }))).toEqual([3.5, 4.5, 5.5, 6.5])
    expect(changed([2, 4, 6, 8], [2, 2, 1], { contrast: 1 }, draws({ contrast: 1 }))).toEqual([0, 3, 7, 9])
  })

  test('noise has the deviation that was asked for', () => {
    const image = new Float32Array(64 * 64).fill(5)
    const to = new Float32Array(image.length)
    augment(image, to, [64, 64, 1], [0, 10], { ...off, noise: 0.05 }, sampleRandom(1, 0, 0))
    const mean = to.reduce((a, b) => a + b, 0) / to.length
    const deviation = Math.sqrt(to.reduce((a, b) => a + (b - mean) ** 2, 0) / to.length)
    expect(mean).toBeCloseTo(5, 1)
    expect(deviation).toBeGreaterThan(0.48)
    expect(deviation).toBeLessThan(0.52)
  })

  test('between pixels it is interpolated along both axes', () => {
    const to = new Float32Array(4)
    resample(Float32Array.of(0, 2, 4, 6), to, [2, 2, 1], { y: [0.5, 0, 0], x: [0.25, 0, 0] })
    expect([...to]).toEqual([2.5, 2.5, 2.5, 2.5])
  })
})

test('nothing is changed unless it is asked for', () => {
  expect(isAugmented(off)).toBe(false)
  expect(isAugmented({ ...off, flip: 'vertical' })).toBe(true)
  expect(isAugmented({ ...off, noise: 0.1 })).toBe(true)
  expect(changed(six, [2, 3, 1], {}, sampleRandom(3, 1, 4))).toEqual(six)
})

test('images have height and width', () => {
  expect(isImage([28, 28, 1])).toBe(true)
  expect(isImage([784])).toBe(false)
  expect(isImage([24, 8])).toBe(false)
  expect(isImage([1, 8, 3])).toBe(false)
})

test('a sample has its own numbers in each epoch, the same ones every time', () => {
  const first = (seed: number, epoch: number, sample: number) => sampleRandom(seed, epoch, sample).next()
  expect(first(1, 2, 3)).toBe(first(1, 2, 3))
  const all = [0, 1, 2].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1, 2].map((c) => first(a, b, c))))
  expect(new Set(all).size).toBe(27)
})
