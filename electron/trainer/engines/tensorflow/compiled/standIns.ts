import { attribute, type Binding, type Held } from './binding'

const FLOAT32 = 1

/**
 * What operators compute while they are noted. Of floating numbers only the sizes are needed, and all results of a step at once take
 * several times the memory of the step itself: one tensor of zeros per size stands for all of that size.
 */
export class StandIns {
  private readonly zeros = new Map<string, number>()
  private readonly bySize = new Map<number, number>()

  constructor(private readonly binding: Binding) {}

  /** Lets go of a result's values. Its id stays its own. */
  replace({ dtype, id, shape }: Held): void {
    if (dtype !== FLOAT32) return
    const size = shape.join()
    const zeros = this.zeros.get(size) ?? this.zerosLike(id)
    this.zeros.set(size, zeros)
    this.bySize.set(id, zeros)
    this.binding.deleteTensor(id)
  }

  /** The id by which the addon has values of a tensor's size. */
  idOf(id: number): number {
    return this.bySize.get(id) ?? id
  }

  deleteTensor(id: number): void {
    if (!this.bySize.delete(id)) this.binding.deleteTensor(id)
  }

  dispose(): void {
    for (const id of this.zeros.values()) this.binding.deleteTensor(id)
  }

  private zerosLike(id: number): number {
    const [made] = this.binding.executeOp('ZerosLike', [attribute.float32('T')], [id], 1)
    if (!made) throw new Error("TensorFlow's ZerosLike gave nothing.")
    return made.id
  }
}
