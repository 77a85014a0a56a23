import type { TFunction } from 'i18next'
import { engineNames } from '#shared/training/run'
import { exact } from '../i18n/format'

/** A loss: four significant digits that keep their width, `0.06103`, `12.40`; very small ones as `3.1e-7`. */
export function figure(n: number | null): string {
  if (n === null || !Number.isFinite(n)) return '–'
  if (n !== 0 && Math.abs(n) < 1e-4) return n.toExponential(1)
  return Math.abs(n) >= 10_000 ? n.toExponential(3) : n.toPrecision(4)
}

/** `94.3 %`, or a dash for what is not there. */
export const share = (n: number | null): string =>
  n === null || !Number.isFinite(n) ? '–' : `${(n * 100).toFixed(1)} %`

/** A tick of an axis: as short as it can be without becoming another number, `2.5`, `7.5e-4`. */
export const axisFigure = (n: number): string =>
  n !== 0 && Math.abs(n) < 1e-3 ? n.toExponential(3).replace(/\.?0+e/, 'e') : String(Number(n.toPrecision(6)))
export const axisShare = (n: number): string => `${Number((n * 100).toPrecision(6))} %`

/** Images or samples per second: whole numbers above ten. */
export const rate = (n: number): string => exact(n < 10 ? Number(n.toFixed(1)) : Math.round(n))

/** `1 min 20 s`, `3 h 5 min`, `12 s`. */
export function duration(seconds: number, t: TFunction): string {
  const s = Math.max(Math.round(seconds), 0)
  if (s < 60) return t('training.time.s', { s })
  if (s < 3600) return t('training.time.min', { min: Math.floor(s / 60), s: s % 60 })
  return t('training.time.h', { h: Math.floor(s / 3600), min: Math.floor((s % 3600) / 60) })
}

/** What people call an engine. */
export function engineLabel(name: string, t: TFunction): string {
  const known = engineNames.find((e) => e === name)
  return known ? t(`training.engine.${known}`) : name
}
