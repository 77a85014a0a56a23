/** Why the host refuses or cannot do what a person asks for, by code, with placeholders in braces. */
export const hostFailures = {
  openGone: 'Could not open {file}: it is not there any more. Put it back, or choose another.',
  fileGone: 'Could not {action} {file}: it is not there any more. Choose it again, or save under another name.',
  noPermission:
    'Could not {action} {file}: the system gives no permission. Choose another place or change the permissions.',
  diskFull:
    'Could not {action} {file}: the disk is full. Free some space and try again; the earlier file is unchanged.',
  folderThere:
    'Could not {action} {file}: a folder stands where a file should be, or the reverse. Choose another name.',
  longForDisk: 'Could not {action} {file}: the name is too long for this disk. Choose a shorter one.',
  fileFault: 'Could not {action} {file}: {reason}',

  nameHolds: 'The file name {name} holds {character}. Choose a plain name such as "Digits.netloom".',
  nameEmpty: 'The file name {name} is empty. Choose a plain name such as "Digits.netloom".',
  nameEnds: 'The file name {name} starts or ends with a dot or a space. Choose a plain name such as "Digits.netloom".',
  nameReserved: 'The file name {name} is reserved by Windows. Choose a plain name such as "Digits.netloom".',
  nameLong: 'The file name {name} is longer than 200 bytes. Choose a plain name such as "Digits.netloom".',

  notProjectFile: '{name} is not a .netloom file.',
  notGranted: 'This file was not opened through a dialog, or too long ago. Open it again, or use Save as.',
  projectTooLarge: '{name} has {size} bytes, more than the {max} that a project may have.',
  noDialogs: 'There are no file dialogs here. Choose a file of the workspace, or upload one.',
  outside: '{path} lies outside the workspace {root}. Choose it through the file dialog, or copy it there.',

  dataOutsideChoose:
    'The project asks for the data {path}, which lies outside the workspace. Choose it in the data panel, so that it is you who allows it.',
  dataOutsideUpload:
    'The project asks for the data {path}, which lies outside the workspace. Upload it in the data panel, or copy it to {root}, so that it is you who allows it.',
  unknownReference: 'The data reference {spec} is of no known kind. Choose the data set again.',
  unknownFile:
    "{name} is no data that Netloom knows by its name. Choose a table (.csv, .tsv, .txt), NumPy arrays (.npy with the samples, .npz), images of MNIST's format (…-idx3-ubyte), CIFAR's binary batches (.bin or their folder), or a folder with a folder of pictures for each class.",
  notBase64: 'The content of {name} is not base64. Upload it again.',

  connectionLost:
    'The connection to Netloom was lost. Start it again and open the address that it prints; this browser keeps what is not saved.',
  manyFiles:
    'The folder {name} has {count} files; {max} can be uploaded. Copy it to {root}/data, and choose it in the list of the workspace.',
  largeFolder:
    'The folder {name} has more than {max} GB. Copy it to {root}/data, and choose it in the list of the workspace.',
  noDataFolder:
    'The folder {name} holds no data that Netloom knows. It needs a folder of PNG, JPEG or WebP pictures for each class, or files such as tables (.csv), NumPy arrays or CIFAR batches.',
  uploadOver: 'This upload is over. Choose the folder again.',
  unknownRequest: 'There is no request {name}. Reload the page if Netloom was updated.',
  badArguments: '{name} received arguments that are not as expected at {place}: {reason}',
  failedUnexpectedly: '{name} failed unexpectedly: {reason}',
  foreignSender: 'Only the window of Netloom may ask.',

  notAProject: 'This is not a Netloom project: {reason}. Open a file that Netloom saved.',
  projectTooNew:
    'This project was saved by a newer version (format {format}; this version reads up to {newest}). Update Netloom.',
  migrationFailed: 'This project of format {from} could not be brought up to date: {reason}.',
  invalidProject: 'The project has an invalid value at {path}: {reason}.',
} as const satisfies Record<string, string>
