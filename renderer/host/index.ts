export { connectHost } from './connect'
export { HostProvider, useHost } from './context'
