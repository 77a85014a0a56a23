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

/** `0.42 s`, `1.2 s`, `42 s`, `1 min 20 s`: of short times two digits. */
export const span = (seconds: number): string =>
  seconds < 10 ? `${Number(seconds.toPrecision(2))} s` : duration(seconds)

const units = ['', ' K', ' M', ' G', ' T', ' P', ' E'] as const
/** Four significant digits and a power of ten: `138.4 M`. */
export function rounded(n: number): string {
  let [value, unit] = [n, 0]
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return unit === 0 ? count(value) : `${value.toPrecision(4)}${units[unit]}`
}

/** Powers of ten: `60.35 MB`. */
export const bytes = (n: number): string => (n < 1000 ? `${count(n)} bytes` : `${rounded(n)}B`)
