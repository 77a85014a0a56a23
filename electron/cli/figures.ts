/** Figures as people read them; an unknown one is a dash. */
export const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
export const figure = (n: number | null): string => (n === null ? '–' : n.toPrecision(4))
export const count = (n: number): string => Math.round(n).toLocaleString('en')

/** `8 s`, `1 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  if (s < 60) return `${s} s`
  const min = Math.floor(s / 60)
  return min < 60 ? `${min} min ${s % 60} s` : `${Math.floor(min / 60)} h ${min % 60} min`
}
