// Owns the language of the page: which one, how it is switched and remembered, and typed keys.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import { type Language, languages, pageLanguage } from './languages.ts'
import { readStored, writeStored } from './storage.ts'
import type { StaffTexts, Texts } from './locales/zh-CN/index.ts'

export type { Language } from './languages.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts & StaffTexts }
  }
}

const storageName = 'petshop.language'
const loaders: Record<Language, () => Promise<Texts>> = {
  'zh-CN': async () => (await import('./locales/zh-CN/index.ts')).zhCN,
  en: async () => (await import('./locales/en/index.ts')).en,
}
/** What only the staff's pages say isn't fetched by customers. */
const staffLoaders: Record<Language, () => Promise<StaffTexts>> = {
  'zh-CN': async () => (await import('./locales/zh-CN/staff.ts')).zhCNStaff,
  en: async () => (await import('./locales/en/staff.ts')).enStaff,
}
let staffWanted = false
let start = () => {}
const started = new Promise<void>((resolve) => {
  start = resolve
})

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN'
}

/** For the few texts outside components. */
export const translate = i18next.t.bind(i18next)

/** An unreachable server must not keep the page from saying so. */
const longestWait = 1_500

/**
 * Loads the page's language before the first paint: the one chosen here, if the shop offers it, else the
 * shop's first. The likely texts are fetched while the shop's answer is on its way.
 */
export async function startI18n(offered: Promise<readonly Language[] | null>): Promise<void> {
  const likely = storedLanguage() ?? 'zh-CN'
  void loaders[likely]().catch(() => {})
  const waited = new Promise<null>((resolve) => setTimeout(resolve, longestWait, null))
  const language = pageLanguage(storedLanguage(), (await Promise.race([offered, waited])) ?? [])
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
  start()
}

/** Adds the staff's texts, now and in every language chosen later; asked for early, it waits for the start. */
export async function loadStaffTexts(): Promise<void> {
  staffWanted = true
  const likely = i18next.isInitialized ? currentLanguage() : (storedLanguage() ?? 'zh-CN')
  await Promise.all([staffLoaders[likely](), started])
  const language = currentLanguage()
  i18next.addResourceBundle(language, 'translation', await staffLoaders[language](), true)
}

/** What a person chose is remembered. */
export async function switchLanguage(language: Language): Promise<void> {
  writeStored(storageName, language)
  await speak(language)
}

/** Keeps to what the shop offers, without taking it for the person's choice. */
export async function keepToOffered(offered: readonly Language[]): Promise<void> {
  const language = pageLanguage(storedLanguage(), offered)
  if (language !== currentLanguage()) await speak(language)
}

async function speak(language: Language): Promise<void> {
  const [texts, staffTexts] = await Promise.all([
    loaders[language](),
    staffWanted ? staffLoaders[language]() : null,
  ])
  i18next.addResourceBundle(language, 'translation', { ...texts, ...staffTexts }, true)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

function storedLanguage(): Language | null {
  return languages.find((language) => language === readStored(storageName)) ?? null
}
