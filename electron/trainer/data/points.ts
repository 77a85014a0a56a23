import { createRandom } from '#shared/training/random'
import { type DataSet, inMemory } from './dataSet'

const COUNT = 1000

/** Two spirals that wind around each other: no straight line parts them. */
export function spirals(): DataSet {
  const random = createRandom(31)
  const values = new Float32Array(COUNT * 2)
  const classes = Uint16Array.from({ length: COUNT }, (_, i) => i % 2)
  classes.forEach((c, i) => {
    const t = Math.sqrt(random.next())
    const angle = 3.5 * Math.PI * t + c * Math.PI
    values[2 * i] = t * Math.cos(angle) + 0.02 * random.normal()
    values[2 * i + 1] = t * Math.sin(angle) + 0.02 * random.normal()
  })
  return inMemory(values, classes, {
    spec: 'spirals',
    inputShape: [2],
    labels: ['first', 'second'],
    targetSize: 2,
    range: [-1, 1],
    preprocessing: 'Two coordinates between −1 and 1.',
    problems: [],
  })
}

/** A smooth curve with noise, for regression: y = sin(3x) / 2 + x² / 2 + noise of 0.05. */
export function curve(): DataSet {
  const random = createRandom(32)
  const values = Float32Array.from({ length: COUNT }, () => random.uniform(-1, 1))
  const targets = values.map((x) => 0.5 * Math.sin(3 * x) + 0.5 * x * x + 0.05 * random.normal())
  return inMemory(values, targets, {
    spec: 'curve',
    inputShape: [1],
    labels: null,
    targetSize: 1,
    range: [-1, 1],
    preprocessing: 'One number between −1 and 1.',
    problems: [],
  })
}
