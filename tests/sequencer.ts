import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, about half a minute and more. */
const long = [
  'trainer/deep',
  'webgpu/layers',
  'tensorflow/compiled',
  'trainer/client',
  'tensorflow/eager',
  'webgpu/engine',
  'training/panels',
  'onnx/gradients',
  'trainer/train',
  'cli/train',
  'e2e/keyboard',
  'cli/installEngine',
  'cli/brokenEngine',
  'e2e/death',
  'e2e/hostile',
  'e2e/canvas',
  'e2e/main',
]
const rank = ({ moduleId }: TestSpecification): number => {
  const found = long.findIndex((name) => moduleId.includes(`${name}.test.`))
  return found < 0 ? long.length : found
}

/** Begins with the longest files, so that at the end no processor waits for another. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
