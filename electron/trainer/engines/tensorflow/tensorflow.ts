import { createRequire } from 'node:module'
import { err } from '#shared/result'
import { setBackend } from '../backend'
import { copyUpdate } from '../copyUpdate'
import type { Engine } from '../engine'

const require = createRequire(import.meta.url)
const packages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const

/** The first of the two packages that is installed. */
function installed(): { name: string; version: string } | undefined {
  for (const name of packages)
    try {
      const { version } = require(`${name}/package.json`) as { version: string }
      return { name, version }
    } catch {
      // Not installed: the next one.
    }
  return undefined
}

/** Native TensorFlow, where the user has installed it. */
export const tensorflow: Engine = {
  name: 'tensorflow',
  probe() {
    const found = installed()
    return found
      ? { name: 'tensorflow', version: found.version, available: true }
      : {
          name: 'tensorflow',
          version: '',
          available: false,
          reason: 'Neither @tensorflow/tfjs-node-gpu nor @tensorflow/tfjs-node is installed beside Netloom.',
        }
  },
  async load() {
    const found = installed()
    const missing =
      'Install @tensorflow/tfjs-node-gpu or @tensorflow/tfjs-node beside Netloom, or choose another engine.'
    if (!found) return err({ code: 'unavailable', message: `The engine tensorflow is not installed. ${missing}` })
    try {
      await import(found.name)
    } catch (e) {
      const reason = e instanceof Error ? e.message : String(e)
      return err({
        code: 'unavailable',
        message: `${found.name} is installed but does not load: ${reason}. ${missing}`,
      })
    }
    return setBackend('tensorflow')
  },
  update: copyUpdate,
}
