import { spawnSync } from 'node:child_process'

/** A Python that can import a module: that of `NETLOOM_PYTHON`, else `python3`; null with none. */
export function pythonWith(module: string): string | null {
  const python = process.env.NETLOOM_PYTHON ?? 'python3'
  return spawnSync(python, ['-c', `import ${module}`], { timeout: 60_000 }).status === 0 ? python : null
}
