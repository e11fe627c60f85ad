// Owns which language a page speaks, of those the shop offers. Pure.

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** The person's choice where the shop offers it, else the shop's first; Chinese until the shop is known. */
export function pageLanguage(chosen: Language | null, offered: readonly Language[]): Language {
  if (offered.length === 0) return chosen ?? 'zh-CN'
  if (chosen !== null && offered.includes(chosen)) return chosen
  return offered[0] ?? 'zh-CN'
}
