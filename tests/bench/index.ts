import { benchInference } from './inference'

benchInference()
