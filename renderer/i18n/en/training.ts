/** Words of the data, training, results and export panels. */
export const training = {
  tab: { data: 'Data', train: 'Train', runs: 'Runs', results: 'Results' },
}
