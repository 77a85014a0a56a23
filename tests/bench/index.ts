import { benchInference } from './inference'
import { benchTraining, benchWorker } from './training'
import { benchWindow } from './window'

const parts = { inference: benchInference, window: benchWindow, training: benchTraining }
const isPart = (name: string): name is keyof typeof parts => Object.hasOwn(parts, name)

const [first, ...others] = process.argv.slice(2)
if (first === 'worker') await benchWorker(others)
else if (first === undefined) for (const measure of Object.values(parts)) await measure([])
else if (isPart(first)) await parts[first](others)
else console.error(`There is no part ${first}. The parts are ${Object.keys(parts).join(', ')}.`)
