import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { err, ok, type Result } from '#shared/result'
import type { ExportReport } from '#shared/training/run'
import { writeAtomic } from '../../writeAtomic'
import { disposeNetwork } from '../compile'
import { exportFailure } from '../failure'
import { customClassNames } from '../layers'
import type { Model } from '../model'
import type { TrainerError } from '../protocol'
import { aboutModel, checkedOf, drawSamples, largestDifference } from './about'
import type { Subject } from './subject'

const SHARD = 4 * 1024 * 1024
const CLASSES = 'custom-layers.js'
const usage = `// The layers of this model that TensorFlow.js does not have. Import this file before loading the model:
//
//   import * as tf from '@tensorflow/tfjs'
//   import './${CLASSES}'
//   const model = await tf.loadLayersModel('model.json')
//
// It registers its classes with tf.serialization; nothing else is needed.
`

/**
 * Writes a network as a LayersModel that plain tfjs loads: `model.json`, weight shards, and what surrounds the model (labels,
 * preprocessing) in `netloom.json`; where the model has layers that tfjs lacks, also their classes, built into the file `customLayers`.
 * Then loads the files again and compares.
 */
export async function exportTfjs(
  subject: Subject,
  to: string,
  customLayers: string,
): Promise<Result<ExportReport, TrainerError>> {
  const { compiled, model } = subject
  try {
    await mkdir(to, { recursive: true })
    const files = [...(await writeModel(compiled.model, to)), 'netloom.json']
    if (compiled.model.layers.some((layer) => customClassNames.includes(layer.getClassName()))) {
      await writeAtomic(join(to, CLASSES), usage + (await readFile(customLayers, 'utf8')))
      files.push(CLASSES)
    }
    await writeAtomic(join(to, 'netloom.json'), `${JSON.stringify(aboutModel(subject), null, 2)}\n`)
    const samplesChecked = checkedOf(subject)
    const maxDifference = await compare(model, drawSamples(subject, samplesChecked), samplesChecked, to)
    return ok({ folder: to, files, maxDifference, samplesChecked })
  } catch (e) {
    return err(exportFailure(e, to))
  }
}

/** Sends the same inputs through the model and through the files, and compares all outputs. */
async function compare(model: Model, samples: Float32Array, count: number, to: string): Promise<number> {
  const expected = model.predictAll(samples, count)
  const loaded = await loadModel(to)
  const got = tf.tidy(() => {
    const ys = [loaded.predict(model.feed(samples, count))].flat()
    return ys.map((y) => y.dataSync())
  })
  disposeNetwork(loaded)
  return largestDifference(expected, got)
}

async function writeModel(network: tf.LayersModel, to: string): Promise<readonly string[]> {
  const names: string[] = []
  await network.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const weights = Buffer.from(tf.io.CompositeArrayBuffer.join(artifacts.weightData))
      const count = Math.max(Math.ceil(weights.length / SHARD), 1)
      const paths = Array.from({ length: count }, (_, i) => `weights-${i + 1}-of-${count}.bin`)
      for (const [i, path] of paths.entries())
        await writeAtomic(join(to, path), weights.subarray(i * SHARD, (i + 1) * SHARD))
      const { modelTopology, format, generatedBy } = artifacts
      const json = {
        format,
        generatedBy,
        convertedBy: 'Netloom',
        modelTopology,
        weightsManifest: [{ paths, weights: artifacts.weightSpecs }],
      }
      await writeAtomic(join(to, 'model.json'), JSON.stringify(json))
      names.push('model.json', ...paths)
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) }
    }),
  )
  return names
}

/** Reads the files as a browser would. */
async function loadModel(from: string): Promise<tf.LayersModel> {
  const json = JSON.parse(await readFile(join(from, 'model.json'), 'utf8')) as tf.io.ModelJSON
  const specs = json.weightsManifest.flatMap((group) => group.weights)
  const parts = await Promise.all(
    json.weightsManifest.flatMap((g) => g.paths.map((path) => readFile(join(from, path)))),
  )
  const bytes = Uint8Array.from(Buffer.concat(parts))
  return tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: specs, weightData: bytes.buffer }),
  )
}
