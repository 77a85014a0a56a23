import { benchInference } from './inference'
import { benchTraining } from './training'

benchInference()
await benchTraining()
