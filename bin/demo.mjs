// The whole way on the command line: LeNet-5 is trained on the built-in digits, exported, and the exported files are read by plain
// TensorFlow.js in a process that knows nothing of Netloom.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { prepare, root } from './prepare.mjs'

const WANTED = 0.97

if (process.argv[2] === '--predict') await predict(process.argv[3], JSON.parse(readFileSync(0, 'utf8')))
else demo()

function demo() {
  prepare()
  const folder = mkdtempSync(join(tmpdir(), 'netloom-demo-'))
  const runs = join(folder, 'runs')
  netloom(['train', 'lenet5', '--data', 'digits', '--epochs', '12', '--learning-rate', '0.002', '-o', runs])
  const [run] = JSON.parse(netloom(['runs', runs, '--json'], 'pipe'))
  const model = join(folder, 'model')
  console.log()
  netloom(['export', join(runs, run.id), '--format', 'tfjs', '-o', model])
  const data = netloom(['data', 'digits', '--json'], 'pipe')
  console.log('\nThe exported model in a fresh process with plain @tensorflow/tfjs:')
  start([join(root, 'bin', 'demo.mjs'), '--predict', model], 'inherit', data)
  const reached = run.valAccuracy >= WANTED
  console.log(
    `\nValidation accuracy ${(100 * run.valAccuracy).toFixed(1)} %, wanted at least ${100 * WANTED} %. Everything is in ${folder}`,
  )
  process.exitCode = reached ? 0 : 1
}

function netloom(args, stdout = 'inherit') {
  return start([join(root, 'bin', 'netloom.mjs'), ...args], stdout)
}

function start(args, stdout, input) {
  const stdin = input === undefined ? 'inherit' : 'pipe'
  const done = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: [stdin, stdout, 'inherit'],
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
  return done.stdout
}

/** Loads model.json and its weights, and says what it takes a few samples for. */
async function predict(model, { inputShape, labels, preview }) {
  // tfjs advertises its native sibling on every start.
  console.warn = () => {}
  const tf = await import('@tensorflow/tfjs')
  const file = join(model, 'model.json')
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(file, 'utf8'))
  const weightSpecs = weightsManifest.flatMap((group) => group.weights)
  const parts = weightsManifest.flatMap((group) => group.paths.map((path) => readFileSync(join(dirname(file), path))))
  const weightData = new Uint8Array(Buffer.concat(parts)).buffer
  const network = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }))
  const samples = preview.slice(0, 10)
  const scores = network
    .predict(
      tf.tensor(
        samples.flatMap((s) => s.values),
        [samples.length, ...inputShape],
      ),
    )
    .arraySync()
  let right = 0
  for (const [i, { label }] of samples.entries()) {
    const best = scores[i].indexOf(Math.max(...scores[i]))
    if (labels[best] === label) right++
    console.log(`  a ${label} is read as ${labels[best]} (${(100 * scores[i][best]).toFixed(1)} %)`)
  }
  if (right < samples.length / 2) {
    console.error(`Only ${right} of ${samples.length} are right: the exported model does not compute what was trained.`)
    process.exitCode = 1
  }
}
