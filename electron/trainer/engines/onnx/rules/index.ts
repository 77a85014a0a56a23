import { arithmetic } from './arithmetic'
import { convolution } from './convolution'
import { elementwise } from './elementwise'
import { frozen } from './frozen'
import { pooling } from './pooling'
import type { Rule } from './rule'
import { structure } from './structure'

/** How the gradient of each operator is computed, by its name. */
export const rules: Readonly<Record<string, Rule | undefined>> = {
  ...arithmetic,
  ...convolution,
  ...elementwise,
  ...frozen,
  ...pooling,
  ...structure,
}
