import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Chromium brings a processor that plays a GPU, and the library that finds it. */
const folders = ['/usr/lib/chromium', '/opt/google/chrome']
const folder = folders.find(
  (f) => existsSync(join(f, 'vk_swiftshader_icd.json')) && existsSync(join(f, 'libvulkan.so.1')),
)

export const hasSoftwareGpu = folder !== undefined && process.platform === 'linux'
/** For the titles of tests that are left out without one. */
export const skipped = hasSoftwareGpu ? '' : " (needs the software GPU that comes with Linux's Chromium)"

/** What a process needs in its environment to take that for a GPU. */
export const softwareGpu: Readonly<Record<string, string>> =
  folder === undefined
    ? {}
    : {
        NETLOOM_SOFTWARE_GPU: '1',
        VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
        LD_LIBRARY_PATH: folder,
      }

/**
 * The same for the process that runs already, which cannot be told any more where libraries lie: the library is loaded, as if it were one of
 * Node's, and kept (RTLD_NOW | RTLD_NODELETE).
 */
export function useSoftwareGpu(): void {
  Object.assign(process.env, softwareGpu)
  try {
    process.dlopen({ exports: {} }, join(folder ?? '', 'libvulkan.so.1'), 0x1002)
  } catch {
    // It is none of Node's.
  }
}
