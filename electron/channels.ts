/** The two IPC channels between the preload script and the shell: requests there, events back. */
export const REQUEST = 'netloom:request'
export const EVENT = 'netloom:event'
