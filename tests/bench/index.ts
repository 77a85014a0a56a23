import { benchInference } from './inference'
import { benchTraining } from './training'
import { benchWindow } from './window'

const parts = { inference: benchInference, window: benchWindow, training: benchTraining }
const asked = process.argv.slice(2)
for (const [name, measure] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await measure()
