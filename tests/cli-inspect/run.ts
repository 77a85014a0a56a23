import { Command, CommanderError } from 'commander'
import { vi } from 'vitest'

export interface Outcome {
  readonly out: string
  readonly err: string
  readonly code: number
}

/** Runs one command in this process, as `netloom` would, and tells what it printed and its exit status. */
export async function runCommand(register: (program: Command) => void, args: readonly string[]): Promise<Outcome> {
  let [out, err] = ['', '']
  const streams = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += text
      return true
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += text
      return true
    }),
  ]
  const before = process.exitCode
  process.exitCode = undefined
  let code = 0
  try {
    const program = new Command().exitOverride()
    register(program)
    for (const command of program.commands) command.exitOverride()
    await program.parseAsync(args, { from: 'user' })
    code = Number(process.exitCode ?? 0)
  } catch (e) {
    if (!(e instanceof CommanderError)) throw e
    code = e.exitCode === 0 ? 0 : 2
  } finally {
    for (const stream of streams) stream.mockRestore()
    process.exitCode = before
  }
  return { out, err, code }
}
