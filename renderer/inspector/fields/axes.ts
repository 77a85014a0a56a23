import { useTranslation } from 'react-i18next'

/** What the numbers of a tuple are called: two are height and width. */
export function useAxisLabels(count: number): readonly string[] {
  const { t } = useTranslation()
  const amounts = useAmountLabels(count / 2)
  const map = [t('app.field.height'), t('app.field.width')]
  return count === 2 ? map : count === 3 ? [t('app.field.depth'), ...map] : amounts
}

/** Amounts before and after each of `axes` axes. */
export function useAmountLabels(axes: number): readonly string[] {
  const { t } = useTranslation()
  const map = [t('app.field.top'), t('app.field.bottom'), t('app.field.left'), t('app.field.right')]
  if (axes === 1) return [t('app.field.before'), t('app.field.after')]
  return axes === 2 ? map : [t('app.field.front'), t('app.field.back'), ...map]
}
