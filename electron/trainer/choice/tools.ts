import { join } from 'node:path'
import { enginesFolder } from '../../engineInstall/engineFolder'
import type { Built } from '../built'
import { createTrainer } from '../client'
import type { Tools } from './choose'

/** Measures in further processes of the trainer, and remembers beside the engines that are installed. */
export const toolsOf = ({ trainer }: Built): Tools => ({
  measure: createTrainer({ entry: trainer }).measure,
  file: join(enginesFolder(), 'measurements.json'),
})
