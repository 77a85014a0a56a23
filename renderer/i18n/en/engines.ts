/** The dialog of engines. */
export const engines = {
  title: 'Engines',
  lead: 'What computes the training. Automatic takes the one that is fastest on the network.',
  available: 'Available',
  missing: 'Not available',
  version: 'Version {{version}}',
  device: 'on the {{device}}',
  test: 'Test',
  testing: 'Testing',
  right: 'Computes a known training run rightly ({{seconds}}, with loading).',
  testFailed: 'The test failed',
  install: 'Install',
  again: 'Install again',
  update: 'Update',
  outdated:
    'Installed by another version of Netloom. An update brings current operators, which can be faster. It needs the network.',
  choose: 'Install for a TensorFlow of mine…',
  gpu: 'Only if it computes on a GPU',
  installHelp:
    'Installs the native library of TensorFlow into a folder of Netloom: the published build, or one made for a TensorFlow of Python that is on this machine. It needs the network.',
  installing: 'Installing TensorFlow',
  installed: 'TensorFlow {{version}} is installed and computes rightly on the {{device}}.',
  installFailed: 'TensorFlow could not be installed',
  cancelled: 'Cancelled. Everything is as it was before.',
  cancel: 'Cancel',
  remove: 'Remove',
  removeFailed: 'TensorFlow could not be removed',
}
