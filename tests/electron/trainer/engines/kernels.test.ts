import { wasm } from '../../../../electron/trainer/engines/wasm/wasm'
import { checkKernels } from './kernelChecks'

checkKernels(wasm)
