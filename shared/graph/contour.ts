/** How far a part of a drawing reaches to the left and right in each row it touches. */
export class Contour {
  private readonly rows = new Map<number, { left: number; right: number }>()
  /** Added to every stored reach, so that moving a whole part costs nothing. */
  private offset = 0

  cover(row: number, left: number, right: number): this {
    const at = this.rows.get(row)
    const [l, r] = [left - this.offset, right - this.offset]
    if (!at) this.rows.set(row, { left: l, right: r })
    else {
      at.left = Math.min(at.left, l)
      at.right = Math.max(at.right, r)
    }
    return this
  }

  move(by: number): this {
    this.offset += by
    return this
  }

  /** How far `other` must move right to stand right of this with a gap, in every row that both touch; −∞ where they share none. */
  clearRight(other: Contour, gap: number): number {
    let by = Number.NEGATIVE_INFINITY
    this.each(other, (mine, theirs) => {
      by = Math.max(by, mine.right + this.offset + gap - (theirs.left + other.offset))
    })
    return by
  }

  /** The same to the left: how far (a negative number) `other` must move to stand left of this; ∞ where they share no row. */
  clearLeft(other: Contour, gap: number): number {
    let by = Number.POSITIVE_INFINITY
    this.each(other, (mine, theirs) => {
      by = Math.min(by, mine.left + this.offset - gap - (theirs.right + other.offset))
    })
    return by
  }

  overlaps(other: Contour, gap: number): boolean {
    let hit = false
    this.each(other, (mine, theirs) => {
      const [l, r] = [theirs.left + other.offset, theirs.right + other.offset]
      hit ||= l < mine.right + this.offset + gap && mine.left + this.offset < r + gap
    })
    return hit
  }

  /** Both together; the smaller goes into the larger, and neither may be used afterwards. */
  join(other: Contour): Contour {
    const [large, small] = this.rows.size < other.rows.size ? [other, this] : [this, other]
    for (const [row, { left, right }] of small.rows) large.cover(row, left + small.offset, right + small.offset)
    return large
  }

  /** From the leftmost to the rightmost of all rows; nothing at all reaches from 0 to 0. */
  get extent(): { readonly left: number; readonly right: number } {
    if (this.rows.size === 0) return { left: 0, right: 0 }
    let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const r of this.rows.values()) {
      left = Math.min(left, r.left)
      right = Math.max(right, r.right)
    }
    return { left: left + this.offset, right: right + this.offset }
  }

  private each(
    other: Contour,
    visit: (mine: { left: number; right: number }, theirs: { left: number; right: number }) => void,
  ): void {
    if (this.rows.size <= other.rows.size)
      for (const [row, mine] of this.rows) {
        const theirs = other.rows.get(row)
        if (theirs) visit(mine, theirs)
      }
    else
      for (const [row, theirs] of other.rows) {
        const mine = this.rows.get(row)
        if (mine) visit(mine, theirs)
      }
  }
}
