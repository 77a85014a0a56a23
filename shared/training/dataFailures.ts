/** Why data cannot be read, by code, with placeholders in braces. */
export const dataFailures = {
  noData: 'No data set is chosen. Choose the built-in digits, or a CSV file.',
  unknownData: 'There is no data set {spec}. Use one of {builtIn}, or a file: {kinds}.',
  publicData:
    '{spec} is a public set that is not part of Netloom. Fetch it with: netloom data {spec} --download data/{spec}. Then use the reference that this prints.',
  noFileNamed: 'The data set {spec} names no file.',
  unknownOption: 'The data set has no option {option}. Known are {known}.',
  optionShape: 'The option shape wants sizes such as 8x8x1. Received: {received}.',
  optionScale: 'The option scale wants a number other than 0. Received: {received}.',
  optionHeader: 'The option header wants auto, yes or no. Received: {received}.',
  optionTask: 'The option task wants auto, classes or numbers. Received: {received}.',
  optionMissing: 'The option missing wants skip, refuse or a number. Received: {received}.',
  optionSize: 'The option size wants height and width up to 4096, such as 64x64. Received: {received}.',
  optionChannels: 'The option channels wants 1 (grey) or 3 (colour). Received: {received}.',

  unusableFile: 'The file {path} is not usable: {fault}. Check the path.',
  damagedGzip: 'The gzip file {path} is damaged or cut short. Copy or download it again.',
  cutShort: '{path} is cut short: {values} need {wanted} bytes, but there are {received}.',
  tooLong: '{path} is too long: {values} need {wanted} bytes, but there are {received}.',

  notATable: '{path} is not a table: {fault}. Correct the line, or export it anew.',
  binaryTable: '{path} is no text but a binary file. Choose a table saved as CSV.',
  noRows: '{path} holds no rows. Add one for each sample.',
  noRowsOfValues: '{path} holds no rows of values. Add some below the header.',
  onlyHeader: '{path} has a header but no rows. Add rows of values below it.',
  raggedRow: '{path}, line {line}: {received} values, but line {first} has {wanted}. Every row needs as many.',
  oneColumn: '{path} has one column. A table needs values and a label.',
  noColumnLeft: '{path} has no columns left beside the label.',
  noColumn: '{path} has no column {column} for {use}. Its columns are {known}.',
  noColumnAt: '{path} has no column {column} for {use}. It has no header; use last, first, or 0 to {last}.',
  rowShape: '{path} has {received} values a row beside the label, but the shape {shape} has {wanted}.',
  noWholeRow: 'Every row of {path} lacks a value. Leave out the empty columns with ignore=<column>,<column>.',
  badCell: '{path}, line {line}, column {column}: {fault}. Correct it, or remove the row or the column.',
  noLabel: '{path}, line {line}: the label is missing. Fill it in or remove the row.',
  oneClassOfRows:
    'All rows of {path} are of the class {label}. There is nothing to tell apart: choose another label column.',
  manyTexts:
    '{path}, column {column}: {count} different texts are no categories. Leave the column out with ignore={column}.',
  lacksColumn: '{path} lacks the column {lacking}. The run takes {wanted}. Add what is missing.',
  lacksColumns: '{path} lacks the columns {lacking}. The run takes {wanted}. Add what is missing.',
  otherWidth:
    '{path} has {width}, but the run takes {what}. Give its inputs in this order, or name the columns in a header.',

  notIdx: '{path} is not an IDX file: it does not begin with 0 0 8 and the number of dimensions.',
  idxKind: '{path} holds values of the kind {kind}. Only unsigned bytes (8) are read.',
  idxHeader: '{path} is cut short: its header is not whole.',
  idxNoLabels: 'The labels of {path} are not beside it under the usual name. Give them: idx:{path}?labels=<file>.',
  idxOneAxis: '{path} holds labels, not images: it has one dimension.',
  imagesAndLabels: '{labels} has {received} labels, but {path} has {count} images. Every image needs one.',
  noImages: '{path} holds no images.',
  badLabel: '{path}: label {index} is {label}. Labels are whole numbers from 0 to {max}: give the file of the labels.',
  oneClass: 'All labels of {path} are {label}. There is nothing to tell apart.',

  notCifar:
    '{path} is no whole {kind} file: its {bytes} bytes are not a multiple of {record}. Copy or download it again.',
  cifarClass:
    '{path}: record {record} has the class {label}, but {kind} has {classes}. Is it a file of the other CIFAR?',
  noCifar: 'The folder {path} holds no {kind} files such as {usual}. Choose the unpacked folder.',

  notNpy: '{path} is not an NPY file: it does not begin with \\x93NUMPY. Save the array with numpy.save.',
  npyHeader: 'The header of {path} cannot be read. Save the array anew with numpy.save.',
  npyType: "{path} holds values of the type {type}. Save it as numbers, such as array.astype('float32').",
  npyOrder: '{path} is stored column by column. Save it row by row: numpy.save(file, numpy.ascontiguousarray(array)).',
  npyNoLabels: '{path} holds the samples only. Give their labels: npy:{path}?labels=<file>.',
  notNpz: '{path} is not an NPZ archive, or it is damaged. Save the arrays with numpy.savez.',
  npzUnclear:
    'Which arrays are samples and labels is not clear in {path}. It holds {names}. Name them: npz:{path}?x=<samples>&y=<labels>.',
  npzNoArray: 'There is no array {name} in {path}. It holds {names}. Name them: npz:{path}?x=<samples>&y=<labels>.',
  noSamples: '{path} holds no samples.',
  samplesAndLabels: '{labels} has {received} labels, but {path} has {count} samples. Every sample needs one.',
  notFiniteSample: '{path}: sample {index} holds NaN or infinity. Remove it or fill it in.',

  noDecoder: 'Pictures cannot be decoded on this machine: {reason}. Install Netloom anew.',
  noClassFolders:
    'The folder {path} holds no folder of a class. Put the pictures of each class into a folder of its name: {examples}.',
  noPictures: 'The folder {path} holds no PNG, JPEG or WebP pictures.',
  noWholePictures: 'The folder {path} holds no PNG, JPEG or WebP pictures. {notes}',
  oneClassFolder:
    'All pictures of {path} are in the folder {label}. There is nothing to tell apart: add a folder for each other class.',
  oneClassFolderOf:
    'All pictures of {path} are in the folder {label}. There is nothing to tell apart: add a folder for each other class. {notes}',
  noPictureOfClass:
    'No picture of the class {label} in {path} can be read. Put the pictures back, then resume the run.',
  folderGone: 'The folder {path} is not there any more. Put it back, then resume the run.',
  badPicture: 'The picture {path} cannot be used: {fault}. Choose another file.',
  undecodedPicture: 'The picture {path} cannot be decoded: {reason}. Choose another file.',
} as const satisfies Record<string, string>
