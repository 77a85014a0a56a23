import { z } from 'zod'

/** What a split of data into parts depends on. */
export const splitSettingsSchema = z.strictObject({
  validationSplit: z.number(),
  testSplit: z.number(),
  seed: z.number(),
})
export type SplitSettings = z.infer<typeof splitSettingsSchema>
