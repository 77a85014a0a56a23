import { Command, CommanderError } from 'commander'
import { version } from '../paths'
import * as app from './app'
import * as data from './data'
import * as engines from './engines'
import * as evaluate from './evaluate'
import * as exportRun from './export'
import * as inspect from './inspect'
import * as newProject from './new'
import * as predict from './predict'
import * as resume from './resume'
import * as runs from './runs'
import * as serve from './serve'
import * as templates from './templates'
import * as train from './train'

/** The `netloom` command. Exit status: 0 done, 1 it could not be done, 2 wrong usage. */
const commands = [
  app,
  serve,
  templates,
  newProject,
  inspect,
  data,
  train,
  resume,
  runs,
  evaluate,
  predict,
  exportRun,
  engines,
]

const program = new Command('netloom')
  .description('Design neural networks, train them on this machine, take the model away.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(--help says more)')
for (const command of commands) command.register(program)

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', (e: NodeJS.ErrnoException) => {
  if (e.code === 'EPIPE') process.exit(0)
  throw e
})

try {
  await program.parseAsync()
} catch (e) {
  if (e instanceof CommanderError) process.exitCode = e.exitCode === 0 ? 0 : 2
  else {
    console.error(e)
    process.exitCode = 1
  }
}
