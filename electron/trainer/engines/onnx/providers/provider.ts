/** One of ONNX Runtime's execution providers: what computes instead of the processor. */
export interface Provider {
  /** Of the engine that computes with it. */
  readonly engine: 'onnx-cuda' | 'onnx-directml' | 'onnx-coreml' | 'onnx-webgpu'
  /** What people call it. */
  readonly label: string
  /** What the library calls it. */
  readonly backend: string
  /** What sessions are told. */
  readonly options: object
  /** Whether results can stay where they were computed, to be fed to the next run: the library offers it for one provider only. */
  readonly keeps: boolean
}

export const providers = {
  'onnx-cuda': {
    engine: 'onnx-cuda',
    label: 'CUDA',
    backend: 'cuda',
    options: executedBy({ name: 'cuda' }),
    keeps: false,
  },
  'onnx-directml': {
    engine: 'onnx-directml',
    label: 'DirectML',
    backend: 'dml',
    options: executedBy({ name: 'dml' }),
    keeps: false,
  },
  'onnx-coreml': {
    engine: 'onnx-coreml',
    label: 'Core ML',
    backend: 'coreml',
    options: executedBy({ name: 'coreml' }),
    keeps: false,
  },
  // With channels last, which it takes unless told otherwise, convolutions of 2 or 6 channels come out wrong.
  'onnx-webgpu': {
    engine: 'onnx-webgpu',
    label: 'WebGPU',
    backend: 'webgpu',
    options: executedBy({ name: 'webgpu', preferredLayout: 'NCHW' }),
    keeps: true,
  },
} satisfies { readonly [E in Provider['engine']]: Provider & { readonly engine: E } }

function executedBy(provider: { readonly name: string; readonly preferredLayout?: string }) {
  return { executionProviders: [provider] }
}
