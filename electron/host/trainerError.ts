import type { HostError } from '#shared/host'
import type { TrainerError } from '../trainer/client'

const codes: { readonly [K in TrainerError['code']]: HostError['code'] } = {
  invalidProject: 'invalidProject',
  invalidData: 'failed',
  unavailable: 'failed',
  notFound: 'notFound',
  crashed: 'failed',
  outOfMemory: 'failed',
  failed: 'failed',
}

/** What the training process says, in the words of the contract. */
export const hostErrorOf = (e: TrainerError): HostError => ({ code: codes[e.code], message: e.message })
