import { z } from 'zod'
import type { Result } from './result'
import {
  type EngineTest,
  type InstallableEngine,
  type InstallStep,
  installableEngines,
  installStepSchema,
} from './training/installation'
import type { Plan } from './training/plan'
import {
  type DataSummary,
  type EngineInfo,
  type EngineName,
  type EvaluateOn,
  type EvaluationReport,
  type ExportFormat,
  type ExportReport,
  engineNames,
  evaluateOnSchema,
  exportFormats,
  type RunDetail,
  type RunSummary,
  type TrainEvent,
  trainEventSchema,
} from './training/run'
import { type SplitSettings, splitSettingsSchema } from './training/split'
import type { FittingWeights } from './training/startFrom'
import { questionSchema, type TryAnswer, type TryQuestion, type TrySubject } from './training/try'

/**
 * The contract between the interface and the host, the only thing that the two know of each other. Electron IPC and the loopback
 * server's WebSocket both carry it.
 */
export interface HostError {
  readonly code: 'invalidRequest' | 'notFound' | 'notAllowed' | 'invalidProject' | 'busy' | 'failed'
  /** What is wrong, what was received, what to do. */
  readonly message: string
}

/** Names a file without naming a path: `workspace:<file name>`, or a handle that the host gave out after a dialog. */
export type FileRef = string
export interface OpenedFile {
  readonly ref: FileRef
  readonly name: string
  readonly text: string
}
export interface AppInfo {
  readonly version: string
  readonly platform: string
  /** Native file dialogs exist; without them the interface offers the workspace, upload and download. */
  readonly dialogs: boolean
  readonly workspace: string
  /** BCP 47, as the system prefers. */
  readonly locale: string
}

/** A run that has `taken` of a network's `all` weights, by name and shape. */
export interface FittingRun extends FittingWeights {
  readonly id: string
}

/** Where data lies that a person chooses. */
export const dataPlaces = ['file', 'folder'] as const
export type DataPlace = (typeof dataPlaces)[number]

export interface Requests {
  'app.info': { args: Record<never, never>; result: AppInfo }
  /** Shows a dialog; null when cancelled. */
  'file.open': { args: Record<never, never>; result: OpenedFile | null }
  'file.read': { args: { ref: FileRef }; result: OpenedFile }
  'file.save': { args: { ref: FileRef; text: string }; result: { ref: FileRef; name: string } }
  /** With dialogs asks where; else writes into the workspace. Null when cancelled. */
  'file.saveAs': { args: { name: string; text: string }; result: { ref: FileRef; name: string } | null }
  /** The projects in the workspace, newest first. */
  'file.list': { args: Record<never, never>; result: readonly { ref: FileRef; name: string; modified: string }[] }
  /** The project that the system or the command line asked to open, handed out once; null when there is none. */
  'file.given': { args: Record<never, never>; result: FileRef | null }
  /** Shows a dialog for a data file, or a folder of pictures or batches, and grants it; null when cancelled. */
  'data.pick': { args: { what: DataPlace }; result: { spec: string } | null }
  /** References to the data that lies in the workspace's `data` folder. */
  'data.list': { args: Record<never, never>; result: readonly string[] }
  /** Stores an uploaded file in the workspace. Null for one that only goes with another, as labels go with images. */
  'data.import': { args: { name: string; base64: string }; result: { spec: string | null } }
  /**
   * A folder is uploaded file by file: begun with how much it is, and kept only where it is brought to its end. `path`: folders within it
   * and the file's name; `kept`: false for a file that is no data.
   */
  'data.beginFolder': { args: { name: string; files: number; bytes: number }; result: { id: string } }
  'data.addFile': { args: { id: string; path: readonly string[]; base64: string }; result: { kept: boolean } }
  /** Null where it was not to be kept. */
  'data.endFolder': { args: { id: string; keep: boolean }; result: { spec: string } | null }
  /** With `shares`, also the figures of the training part that they leave, for which all of it is read. */
  'data.describe': { args: { spec: string; shares?: SplitSettings | undefined }; result: DataSummary }
  'engines.list': { args: Record<never, never>; result: readonly EngineInfo[] }
  /**
   * Installs native TensorFlow; the event `engines` tells of its steps. `gpu`: only one that computes on a GPU is taken. `choose`: a
   * dialog asks for the folder of a TensorFlow to build it for. Null when cancelled.
   */
  'engines.install': { args: { engine: InstallableEngine; gpu: boolean; choose: boolean }; result: EngineTest | null }
  'engines.cancel': { args: Record<never, never>; result: null }
  /** Loads an engine in a process of its own and has it compute a known run. */
  'engines.test': { args: { engine: EngineName }; result: EngineTest }
  'engines.remove': { args: { engine: InstallableEngine }; result: null }
  /**
   * `project` is the text of a project file; it is parsed and checked again on arrival. `startFrom`: a run whose weights this one begins
   * with, as far as they fit.
   */
  'train.start': {
    args: { project: string; engine: EngineName; startFrom?: string | undefined }
    result: { runId: string }
  }
  /**
   * What is to be expected of training a project. Engines are measured, which takes some seconds, unless the same was measured before and
   * `measureAgain` is false. Starting a run ends it.
   */
  'train.plan': { args: { project: string; engine: EngineName; measureAgain: boolean }; result: Plan }
  /** Finishes the step, writes a checkpoint, evaluates, ends. */
  'train.stop': { args: { runId: string }; result: null }
  /** Finishes the step, writes a checkpoint and waits. The run's state is `paused`, and a `paused` event says when. Stop works meanwhile. */
  'train.pause': { args: { runId: string }; result: null }
  /** Lets a paused run go on; a `continued` event says when. */
  'train.continue': { args: { runId: string }; result: null }
  /** Trains on from the last checkpoint of a run that was stopped or lost. Its events go on under the same id. */
  'train.resume': { args: { runId: string }; result: null }
  'runs.list': { args: Record<never, never>; result: readonly RunSummary[] }
  /** The runs whose weights a training of this project could begin with, newest first. */
  'runs.fitting': { args: { project: string }; result: readonly FittingRun[] }
  'runs.read': { args: { runId: string }; result: RunDetail }
  /** How good a run's network is: on a part of its own data that it did not train on, or on all of another data set. */
  'runs.evaluate': { args: { runId: string; on: EvaluateOn }; result: EvaluationReport }
  /** Loads a run into a process that answers about single samples, and tells what can be asked; it ends by itself when not asked. */
  'try.open': { args: { runId: string }; result: TrySubject }
  /** Loads the run first where it is not there any more, or has been trained on. */
  'try.ask': { args: { runId: string; question: TryQuestion }; result: TryAnswer }
  'try.close': { args: { runId: string }; result: null }
  /** With dialogs asks for a folder; else writes into the workspace. Null when cancelled. */
  'runs.export': { args: { runId: string; format: ExportFormat }; result: ExportReport | null }
  /**
   * The same for a drawing, with the weights that its training would begin with. `project` is the text of a project file; of its data set,
   * where it has one, figures and labels are read.
   */
  'project.export': { args: { project: string; format: ExportFormat }; result: ExportReport | null }
}
export interface Events {
  /** A project waits at `file.given`. */
  given: Record<never, never>
  train: { runId: string; event: TrainEvent }
  /** What the installation of an engine is doing; null when it has ended, in whatever way. */
  engines: { step: InstallStep | null }
}
export type RequestName = keyof Requests
export type EventName = keyof Events

const none = z.strictObject({})
/** One project or uploaded file; the transports refuse messages beyond it. In characters. */
export const MAX_TEXT = 64_000_000
/** Of a folder that is uploaded. */
export const MAX_FOLDER_FILES = 50_000
export const MAX_FOLDER_BYTES = 2_000_000_000
/** Names in a path within it: a part of the data, a class, a file. */
export const MAX_FOLDER_DEPTH = 3
const projectText = z.string().max(MAX_TEXT)
const name = z.string().min(1).max(255)
const installable = z.enum(installableEngines)

/** Every payload is checked on arrival. A request that is not listed here does not exist. */
export const requestSchemas: { readonly [K in RequestName]: z.ZodType<Requests[K]['args']> } = {
  'app.info': none,
  'file.open': none,
  'file.read': z.strictObject({ ref: z.string().max(1000) }),
  'file.save': z.strictObject({ ref: z.string().max(1000), text: projectText }),
  'file.saveAs': z.strictObject({ name, text: projectText }),
  'file.list': none,
  'file.given': none,
  'data.pick': z.strictObject({ what: z.enum(dataPlaces) }),
  'data.list': none,
  'data.import': z.strictObject({ name, base64: z.string().max(MAX_TEXT) }),
  'data.beginFolder': z.strictObject({ name, files: z.int().min(0), bytes: z.int().min(0) }),
  'data.addFile': z.strictObject({
    id: z.string().max(100),
    path: z.array(name).min(1).max(MAX_FOLDER_DEPTH),
    base64: z.string().max(MAX_TEXT),
  }),
  'data.endFolder': z.strictObject({ id: z.string().max(100), keep: z.boolean() }),
  'data.describe': z.strictObject({ spec: z.string().max(10_000), shares: splitSettingsSchema.optional() }),
  'engines.list': none,
  'engines.install': z.strictObject({ engine: installable, gpu: z.boolean(), choose: z.boolean() }),
  'engines.cancel': none,
  'engines.test': z.strictObject({ engine: z.enum(engineNames) }),
  'engines.remove': z.strictObject({ engine: installable }),
  'train.start': z.strictObject({
    project: projectText,
    engine: z.enum(engineNames),
    startFrom: z.string().max(200).optional(),
  }),
  'train.plan': z.strictObject({ project: projectText, engine: z.enum(engineNames), measureAgain: z.boolean() }),
  'train.stop': z.strictObject({ runId: z.string().max(200) }),
  'train.pause': z.strictObject({ runId: z.string().max(200) }),
  'train.continue': z.strictObject({ runId: z.string().max(200) }),
  'train.resume': z.strictObject({ runId: z.string().max(200) }),
  'runs.list': none,
  'runs.fitting': z.strictObject({ project: projectText }),
  'runs.read': z.strictObject({ runId: z.string().max(200) }),
  'runs.evaluate': z.strictObject({ runId: z.string().max(200), on: evaluateOnSchema }),
  'try.open': z.strictObject({ runId: z.string().max(200) }),
  'try.ask': z.strictObject({ runId: z.string().max(200), question: questionSchema }),
  'try.close': z.strictObject({ runId: z.string().max(200) }),
  'runs.export': z.strictObject({ runId: z.string().max(200), format: z.enum(exportFormats) }),
  'project.export': z.strictObject({ project: projectText, format: z.enum(exportFormats) }),
}
export const eventSchemas: { readonly [K in EventName]: z.ZodType<Events[K]> } = {
  given: none,
  train: z.object({ runId: z.string(), event: trainEventSchema }),
  engines: z.object({ step: installStepSchema.nullable() }),
}
export const isRequestName = (n: string): n is RequestName => Object.hasOwn(requestSchemas, n)

/** What the interface holds. */
export interface Host {
  request<K extends RequestName>(name: K, args: Requests[K]['args']): Promise<Result<Requests[K]['result'], HostError>>
  /** Returns the way to stop listening. */
  on<K extends EventName>(name: K, listener: (payload: Events[K]) => void): () => void
}

/** What the host implements: a missing handler is a compile error. */
export type Handlers = {
  readonly [K in RequestName]: (args: Requests[K]['args']) => Promise<Result<Requests[K]['result'], HostError>>
}

/** The frames that a transport carries, as JSON text. */
export type ClientFrame = { readonly id: number; readonly name: string; readonly args: unknown }
export type ServerFrame =
  | { readonly id: number; readonly result: Result<unknown, HostError> }
  | { readonly event: EventName; readonly payload: unknown }
