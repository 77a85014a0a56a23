/** The built files of the trainer, which lie beside each other. */
export interface Built {
  /** The trainer's own. */
  readonly trainer: string
  /** The layer classes, for exports. */
  readonly customLayers: string
  /** A thread that changes pictures. */
  readonly augmentThread: string
}
