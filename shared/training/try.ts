import { z } from 'zod'
import { noteSchema } from './notes'

/** Trying a trained network on one sample at a time: what is asked, and what comes back. Arrays travel as base64 of their bytes. */
const count = z.number().int().min(0)
const figure = z.number().nullable()
/** Base64 of little-endian float32 numbers. */
const floats = z.string()

/** The largest file of a picture, in bytes. */
export const MAX_PICTURE_BYTES = 16_000_000
const MAX_SIDE = 1024

export const sampleSchema = z.discriminatedUnion('kind', [
  /** Row by row, one byte per pixel: 0 paper, 255 ink. Of the height and width that the run takes. */
  z.strictObject({
    kind: z.literal('drawing'),
    height: count.max(MAX_SIDE),
    width: count.max(MAX_SIDE),
    ink: z.string().max((MAX_SIDE * MAX_SIDE * 4) / 3 + 4),
  }),
  /** The file of a PNG, JPEG or WebP. */
  z.strictObject({ kind: z.literal('picture'), file: z.string().max((MAX_PICTURE_BYTES * 4) / 3 + 4) }),
  /** As a person writes them: one per column of the run's table, or one number per value of a sample. */
  z.strictObject({ kind: z.literal('cells'), cells: z.array(z.string().max(1000)).max(10_000) }),
  /** One of those that the run did not train on; counted from 0, and round again behind the last. */
  z.strictObject({ kind: z.literal('heldOut'), index: count }),
])
export type Sample = z.infer<typeof sampleSchema>

export const questionSchema = z.strictObject({
  sample: sampleSchema,
  /** Also what comes out of this layer, by the id of its node. */
  layer: z.string().max(1000).nullable(),
  /** Every channel of it, not just the first ones. */
  all: z.boolean(),
})
export type TryQuestion = z.infer<typeof questionSchema>

/** A column of the table that the run learned from: numbers, or one of some texts. */
const columnSchema = z.object({ name: z.string(), texts: z.array(z.string()).exactOptional() })
export type TableColumn = z.infer<typeof columnSchema>
export const columnsSchema = z.array(columnSchema)

/** What a run can be asked. */
export const trySubjectSchema = z.object({
  /** Of a sample as the data has it, before it is fitted to the network. */
  shape: z.array(count),
  /** Null where samples are not rows of a table. */
  columns: columnsSchema.nullable(),
  /** Class names, or null for regression. */
  labels: z.array(z.string()).nullable(),
  /** `probability`: the outputs are 0…1. `score`: only their order means something. `value`: predicted numbers. */
  meaning: z.enum(['probability', 'score', 'value']),
  layers: z.array(z.object({ id: z.string(), name: z.string(), type: z.string() })),
})
export type TrySubject = z.infer<typeof trySubjectSchema>

/** Small pictures of equal size, one after the other: the channels of a layer's output, or kernels. */
const planesSchema = z.object({
  height: count,
  width: count,
  /** 1: a value per pixel. 3: red, green and blue. */
  channels: z.union([z.literal(1), z.literal(3)]),
  /** In all; `values` may hold only the first of them. */
  count,
  values: floats,
  /** Least and greatest of all finite values; null where there are none. */
  low: figure,
  high: figure,
})
export type Planes = z.infer<typeof planesSchema>

const mapsSchema = z.object({
  layer: z.string(),
  shape: z.array(count),
  /** A vector is one plane of height 1. */
  planes: planesSchema,
  /** Of a convolution over one or three channels, which can be looked at as pictures. */
  kernels: planesSchema.nullable(),
})
export type FeatureMaps = z.infer<typeof mapsSchema>

export const tryAnswerSchema = z.object({
  outputs: z.array(figure),
  /** The sample as the network was given it; `low` and `high` are to be shown as black and white. */
  seen: z.object({ shape: z.array(count), values: floats, low: z.number(), high: z.number() }),
  /** What a held-out sample really is: its class, or its numbers. */
  truth: z.string().nullable(),
  /** A held-out row as it would be typed. */
  cells: z.array(z.string()).nullable(),
  /** What was done to the sample. */
  notes: z.array(noteSchema),
  /** Null where none were asked for, or the run's network has no such layer. */
  maps: mapsSchema.nullable(),
})
export type TryAnswer = z.infer<typeof tryAnswerSchema>
