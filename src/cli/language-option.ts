// Owns the option of the command line that chooses between the two languages.
import { Option } from 'commander'

export interface LanguageFlag {
  readonly language: 'zh-CN' | 'en'
}

/** @param of what is in that language, as in `of the messages` */
export function languageOption(of: string, fallback: LanguageFlag['language']): Option {
  return new Option('--language <language>', `the language ${of}`)
    .choices(['zh-CN', 'en'])
    .default(fallback)
}
