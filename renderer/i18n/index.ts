import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en'
import { zhCN } from './zh-CN'

export const languages = { en: 'English', 'zh-CN': '简体中文' } as const
export type Language = keyof typeof languages

const STORED = 'netloom.language'
const isLanguage = (v: string | null): v is Language => v !== null && Object.hasOwn(languages, v)

/** The language chosen last, else the system's. */
function preferred(): Language {
  const stored = localStorage.getItem(STORED)
  if (isLanguage(stored)) return stored
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Texts come as `t('app.…')` and `t('training.…')`; keys are checked at compile time. Call once, before the first render. */
export function startI18n(language: Language = preferred()): void {
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = language
}

export function setLanguage(language: Language): void {
  localStorage.setItem(STORED, language)
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}
