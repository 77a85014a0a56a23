import { tensorflow } from '../../electron/trainer/engines/tensorflow/tensorflow'

// A folder of engines for these tests alone: others then choose among the engines that Netloom brings.
if (process.env.NETLOOM_TEST_ENGINES) process.env.NETLOOM_ENGINES = process.env.NETLOOM_TEST_ENGINES

const { available, reason = '' } = await tensorflow.probe()

/** Whether the engine tensorflow can be used here. */
export const hasTensorflow = available
/** For the names of tests that need it. */
export const skipped = available ? '' : ` (skipped: no engine tensorflow here. ${reason})`
