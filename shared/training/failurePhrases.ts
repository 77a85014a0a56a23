import { fill, type Placeholders } from '../problems'

/** Parts of sentences that come inside failures and notes, where a placeholder is one of `phrasal`. */
export const phraseTexts = {
  infinite: 'infinite',
  diskFull: 'the disk is full. Free some space',
  noPermission: 'the system gives no permission to write there. Choose another folder, or change the permissions',
  folderGone: 'it is not there any more. Choose another folder',
  fileThere: 'a file stands where a folder should be. Choose another folder',
  initializationFailed: 'its initialization failed',
  gpuLost: 'it was lost',
  endedBySignal: 'the process was ended by {signal}',

  absent: 'it does not exist',
  isFolder: 'it is a folder',
  isNoFolder: 'it is not a folder',
  isSpecial: 'it is a device or a pipe, not a file',
  unreadable: 'it cannot be read',
  unreadableFor: 'it cannot be read ({code})',
  empty: 'the file is empty',
  cutShort: 'it is cut short',
  noPicture: 'it is neither PNG, JPEG nor WebP',
  manyPixels:
    'it has {size} pixels, more than the {max} million that are read. Make it smaller, or cut out what matters',

  values: '{sizes} values',
  valuesOf: '{sizes} values of {type}',
  openQuote: 'the quotation mark in line {line} is not closed',
  strayQuote: 'a quotation mark stands within a value in line {line}',
  trailingQuote: 'something follows the closing quotation mark of a value in line {line}',
  valueMissing: 'the value is missing',
  notANumber: '{value} is not a number',
  unknownText: '{value} is none of the known texts {known}',
  asLabel: 'the label',
  asOption: 'the option {name}',
  column: '{count} column',
  columns: '{count} columns',
  columnsNamed: '{count} columns ({names})',

  torchDropoutAxes: 'its spatial dropout takes at most four axes',
  torchNormAxes: 'its batch normalization takes at most four axes',

  runUnreadable: '{file} cannot be read',
  runNotJson: '{file} is not JSON',
  runNotAsExpected: '{file} is not as expected ({place})',
  checkpointGone: 'it is not there or cannot be read',
  checkpointPlace: 'it does not say where the run stood',
  shorterThanHeader: 'it is shorter than its header',
  shorterThanSaid: 'it is shorter than its header says',
  headerNotJson: 'its header is not JSON',
  headerNoObject: 'its header is not an object',
  badEntry: 'its entry {name} is not as expected',
  valuesCut: 'it is cut short: the values of {name} are missing',

  notJson: 'it is not JSON ({detail})',
  noFormat: "it has no 'format'",
  badFormat: "its 'format' is not a whole number of at least 1",
  noMigration: 'there is no migration for it',
  noParams: 'expected an object of parameters',
  unknownParam: 'unknown parameter; known are {known}',
  otherKind: 'expected {kind}, received {got}',
  // As the library of schemas words them.
  otherValue: 'expected {value}',
  unknownKey: 'Unrecognized key: {keys}',
  unknownKeys: 'Unrecognized keys: {keys}',
  noOption: 'Invalid option: expected one of {options}',
  tooSmall: 'Too small: expected {kind} to be {limit}',
  tooShort: 'Too small: expected {kind} to have {limit} characters',
  tooFew: 'Too small: expected {kind} to have {limit} items',
  tooBig: 'Too big: expected {kind} to be {limit}',
  tooLong: 'Too big: expected {kind} to have {limit} characters',
  tooMany: 'Too big: expected {kind} to have {limit} items',
  noValue: 'Invalid input',
  andMore: 'And {count} more.',
  longText: 'it has {count} characters, more than {max}',
  protoKey: 'the key __proto__ is not allowed',
  sameGroupId: 'two groups have the same id',
  secondLayer: 'a second layer is called {id}',
  noGroup: 'there is no group {id}',
  deepValues: 'values are nested deeper than {max}',
  deepGroups: 'groups are nested deeper than {max}',
  groupInItself: 'the group contains itself',
  sameCommentId: 'two comments have the same id',

  placeAbsent: 'it is not there',
  pythonSilent: 'it does not answer as a Python does',
  lacksTensorflow: 'it has no TensorFlow',
  lacksLibraries: 'its TensorFlow has no headers and libraries',
  noTensorflowFolder: 'it holds neither a Python nor the folders include and lib of libtensorflow',
  noneForSystem: 'there is none for {system}',
  unreachable: '{host} cannot be reached ({detail})',
  addonMissing: 'it came without its addon',

  open: 'open',
  save: 'save',
  store: 'store',
  create: 'create',
  list: 'list',
} as const satisfies Record<string, string>

/** The placeholders of failures and notes that hold a phrase. What stands in others is a name or a number. */
export const phrasal: ReadonlySet<string> = new Set(['action', 'fault', 'reason', 'use', 'values', 'what', 'width'])
/** The placeholders of phrases that hold the name of a kind of value, as in `expected string, received number`. */
export const kindNames: ReadonlySet<string> = new Set(['kind', 'got'])

export type PhraseCode = keyof typeof phraseTexts

/** The phrase, in English. */
export const phrase = <C extends PhraseCode>(
  code: C,
  values: Readonly<Record<Placeholders<(typeof phraseTexts)[C]>, string | number>>,
): string => fill(phraseTexts[code], values)
