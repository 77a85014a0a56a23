/** Writes a line to the standard output. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Ends the command with exit status 2, wrong usage, once it has returned. */
export function refuse(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 2
}

/** Ends the command with exit status 1, it could not be done, once it has returned. */
export function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}
