import { wasm } from '../../../electron/trainer/engines/wasm/wasm'
import { checkLayers } from './layerChecks'

checkLayers(wasm)
