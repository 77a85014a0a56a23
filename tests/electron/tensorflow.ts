import { tensorflow } from '../../electron/trainer/engines/tensorflow/tensorflow'

const { available, reason = '' } = tensorflow.probe()

/** Whether the engine tensorflow can be used here: the one in the folder of `NETLOOM_ENGINES`, as everywhere. */
export const hasTensorflow = available
/** For the names of tests that need it. */
export const skipped = available ? '' : ` (skipped: no engine tensorflow here. ${reason})`
