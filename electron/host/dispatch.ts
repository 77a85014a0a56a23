import { type Handlers, type HostError, isRequestName, type RequestName, requestSchemas } from '#shared/host'
import type { Result } from '#shared/result'
import { fail } from './errors'

/** Answers a request as it came from outside: name and arguments are checked, and nothing is ever thrown. */
export async function dispatch(handlers: Handlers, name: string, args: unknown): Promise<Result<unknown, HostError>> {
  if (!isRequestName(name))
    return fail('invalidRequest', 'unknownRequest', { name: JSON.stringify(name.slice(0, 100)) })
  try {
    return await answer(handlers, name, args)
  } catch (e) {
    console.error(e)
    return fail('failed', 'failedUnexpectedly', { name, reason: e instanceof Error ? e.message : String(e) })
  }
}

async function answer<K extends RequestName>(handlers: Handlers, name: K, args: unknown) {
  const checked = requestSchemas[name].safeParse(args)
  if (!checked.success) {
    const issue = checked.error.issues[0]
    return fail('invalidRequest', 'badArguments', {
      name,
      place: issue?.path.join('.') || 'args',
      reason: issue?.message ?? 'invalid',
    })
  }
  return handlers[name](checked.data)
}
