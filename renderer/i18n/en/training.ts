/** The drawer: data, training, runs, results, export. */
export const training = {
  title: 'Training',
} as const
