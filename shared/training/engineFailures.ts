/** Why an engine cannot be had, by code, with placeholders in braces. */
export const engineFailures = {
  engineAbsent: 'It is not installed. Install it ("netloom engines install tensorflow").',
  engineDamaged: '{path} is missing or damaged. Install the engine again ("netloom engines install tensorflow").',
  engineLibraryGone:
    'The library {path} of TensorFlow is not there any more. Install the engine again ("netloom engines install tensorflow").',
  engineNotLoaded:
    '{package} is there but does not load: {reason}. Install the engine again ("netloom engines install tensorflow"), or choose another.',
  webgpuMissing: 'WebGPU cannot be loaded: {reason}. Install Netloom anew, or use another engine.',
  noWebGpu: 'No GPU was found that WebGPU can use.',
  providerNotOffered: "ONNX Runtime's library for this system has no {provider}. Use another engine.",
  providerAbsent:
    'ONNX Runtime computes with {provider} where {file}, from its package for GPUs, lies in {folder}. Put it there, or use another engine.',
  providerFails: 'ONNX Runtime cannot compute with {provider} here: {reason}. Use another engine.',
  gpuFailed: 'The GPU failed: {reason}. Use a smaller batch or a smaller network, or another engine.',

  npmMissing:
    'The program npm, which fetches the packages of the engine, is missing. Install Node.js, which brings it.',
  packagesNotFetched: 'npm could not fetch {package} {version}: {reason}. Check the network and try again.',
  noTensorflow:
    'No Python on the search path has a TensorFlow to build the engine for. Install one ("python3 -m venv tf", "tf/bin/pip install tensorflow-cpu") and name it ("netloom engines install tensorflow --from tf").',
  noTensorflowIn:
    '{from} cannot be used: {reason}. Name a Python that has TensorFlow, the folder of its virtual environment, or the folder of libtensorflow.',
  compilerMissing:
    'The C++ compiler {compiler}, which builds the engine, is missing. Install one ("apt install g++", "xcode-select --install") and try again.',
  notCompiled:
    'The engine could not be compiled for the TensorFlow in {home}: {reason}. Name another one ("netloom engines install tensorflow --from <python or folder>").',
  noSourceBuild: 'On Windows the engine cannot be built, only taken as published. Check the network and try again.',
  engineTestFailed: 'The engine failed its test, and nothing of it was kept: {reason}.',
  noGpuFound:
    'TensorFlow {version} finds no GPU. Install its GPU build ("pip install tensorflow[and-cuda]") and the driver of the GPU, or install the engine without --gpu.',
  engineNotPlaced:
    'The engine cannot be put into {folder}: {reason}. Stop what trains with it, look at the permissions and the space on the disk, and try again.',
  engineNotRemoved:
    'The engine cannot be removed from {folder}: {reason}. Stop what trains with it, look at the permissions, and try again.',
  nothingInstalled: 'The engine tensorflow is not installed in {folder}. There is nothing to remove.',
  installUnderWay: 'An engine is being installed already. Wait for its end, or cancel it.',
} as const satisfies Record<string, string>
