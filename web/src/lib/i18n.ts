// Owns the language of the page: which one, how it is switched and remembered, and typed keys.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import { readStored, writeStored } from './storage.ts'
import type { Texts } from './locales/zh-CN/index.ts'

const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts }
  }
}

const storageName = 'petshop.language'
const loaders: Record<Language, () => Promise<Texts>> = {
  'zh-CN': async () => (await import('./locales/zh-CN/index.ts')).zhCN,
  en: async () => (await import('./locales/en/index.ts')).en,
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN'
}

/** For the few texts outside components. */
export const translate = i18next.t.bind(i18next)

/** Loads the remembered language (Chinese unless chosen otherwise) before the first paint. */
export async function startI18n(): Promise<void> {
  const language = readStored(storageName) === 'en' ? 'en' : 'zh-CN'
  const texts = await loaders[language]()
  await i18next.use(initReactI18next).init({
    lng: language,
    supportedLngs: languages,
    fallbackLng: false,
    resources: { [language]: { translation: texts } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = language
}

export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loaders[language]())
  }
  await i18next.changeLanguage(language)
  writeStored(storageName, language)
  document.documentElement.lang = language
}
