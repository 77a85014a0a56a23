import { type Handlers, type HostError, isRequestName, type RequestName, requestSchemas } from '#shared/host'
import type { Result } from '#shared/result'
import { fail } from './errors'

/** Answers a request as it came from outside: name and arguments are checked, and nothing is ever thrown. */
export async function dispatch(handlers: Handlers, name: string, args: unknown): Promise<Result<unknown, HostError>> {
  if (!isRequestName(name))
    return fail(
      'invalidRequest',
      `There is no request ${JSON.stringify(name.slice(0, 100))}. Reload the page if Netloom was updated.`,
    )
  try {
    return await answer(handlers, name, args)
  } catch (e) {
    console.error(e)
    return fail('failed', `${name} failed unexpectedly: ${e instanceof Error ? e.message : String(e)}`)
  }
}

async function answer<K extends RequestName>(handlers: Handlers, name: K, args: unknown) {
  const checked = requestSchemas[name].safeParse(args)
  if (!checked.success) {
    const issue = checked.error.issues[0]
    const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
    return fail(
      'invalidRequest',
      `${name} received arguments that are not as expected${where}: ${issue?.message ?? 'invalid'}`,
    )
  }
  return handlers[name](checked.data)
}
