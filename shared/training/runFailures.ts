/** Why a run cannot be read, resumed, evaluated, asked or exported, by code, with placeholders in braces. */
export const runFailures = {
  noRun: '{folder} holds no run: {reason}. Choose a folder that a training wrote.',
  runGone: 'The run {run} is not there any more, or it has no weights yet. Choose another one in the list of runs.',
  runComplete: 'The run {run} is complete: all {epochs} epochs are done.',
  runCompleteEarly: 'The run {run} is complete: it stopped early, after {done} of {epochs} epochs.',
  stillUnderWay: 'The run {run} is still under way. Stop it before resuming it.',
  pausedElsewhere: 'The run {run} is paused where it was started. Continue it there, or stop it before resuming it.',

  networkErrors: 'The network has errors. {problems}',
  noLayers: 'The network has no layer behind its input. Add one, such as Dense, and wire it to the input.',
  sharedInputs: '{layer} cannot share the weights of {owner}: their inputs differ too much.',
  otherWeights: 'The weights of {layer} are {received} in tfjs; expected {wanted}.',
  notBuilt: 'The network could not be built: {reason}',
  engineWrong:
    'The engine {engine} computes wrongly on this machine: a small known training run gave the losses {received}; right are {wanted}. Choose another engine.',
  onnxMissing: 'ONNX Runtime cannot be loaded: {reason}. Install Netloom anew, or use another engine.',

  exportFailed: 'The export to {to} failed: {fault}.',
  noPythonReader: 'The data set {spec} cannot be read in Python.',
  noTableEncoding: 'The run does not say how the columns of its table became numbers. Train it once more.',
  notInTorch: '{layer} cannot be written for PyTorch: {reason}.',
  onnxTooLarge: 'The weights take {size} GB, but an ONNX file holds 2.1 GB at most. Export to tfjs.',

  nothingHeldOut: 'The run held no samples out for this part. Name a data set to evaluate on.',
  classesNotNumbers: 'The run learned classes, but the targets of {data} are numbers. Choose other data.',
  numbersNotClasses: 'The run learned numbers, but the targets of {data} are classes. Choose other data.',
  unknownClasses: '{data} has classes that the run does not know: {unknown}. It knows {known}.',

  drawingShape: 'The run takes samples of {shape}, but the drawing is {size}. Reload the page.',
  drawingPixels: 'The drawing of {size} came with {received} pixels. Draw it again.',
  noPicturesTaken: 'The run takes samples of {shape}, not pictures.',
  tableWanted: 'The run takes samples of {shape}, not pictures. Give a table (CSV) with {count} values per row.',
  pictureUnusable: 'The picture cannot be used: {fault}. Choose another file.',
  cellCount: 'The run takes {wanted} values, but {received} came. Reload the page.',
  cellMissing: '{name} is missing. Fill in every field.',
  cellNotANumber: '{name} is {value}, which is not a number. Correct it.',

  askingFailed: 'The network could not be asked: {reason}',
  answererGone:
    'The process that answers has ended: somebody stopped it, or the memory ran out. Try again: it starts anew.',
  answerUnread: 'The answer of the process is not understood. Try again.',
  questionUnread: 'The question is not understood.',
  requestUnread: 'The request is not understood.',
} as const satisfies Record<string, string>
