import { z } from 'zod'
import { questionSchema, tryAnswerSchema, trySubjectSchema } from '#shared/training/try'
import { errorSchema } from '../protocol'

/** What a trainer's process is told that keeps a run in memory, instead of doing one request. */
export const sessionCommandSchema = z.discriminatedUnion('kind', [
  /** First of all. The process ends when nothing was asked for `idleMs`. */
  z.strictObject({ kind: z.literal('session'), folder: z.string(), idleMs: z.number().positive() }),
  z.strictObject({ kind: z.literal('ask'), id: z.int().min(0), question: questionSchema }),
])
export type SessionCommand = z.infer<typeof sessionCommandSchema>

/** What it says: once that it is ready, then an answer or an error for each question. */
export const sessionReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), subject: trySubjectSchema }),
  z.object({ kind: z.literal('answer'), id: z.int(), answer: tryAnswerSchema }),
  /** `id` is absent where the run could not be loaded. */
  z.object({ kind: z.literal('error'), id: z.int().exactOptional(), error: errorSchema }),
])
export type SessionReply = z.infer<typeof sessionReplySchema>
