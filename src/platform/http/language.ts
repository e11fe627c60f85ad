// Owns which of the two languages a caller reads.
import type { FastifyRequest } from 'fastify'
import type { Text } from '../../lib/errors.ts'

export type Language = keyof Text

/** From Accept-Language: the better liked of Chinese and English; Chinese when neither is named. */
export function languageOf(request: FastifyRequest): Language {
  const header = request.headers['accept-language']
  if (!header) return 'zh'
  const best = header
    .slice(0, 200)
    .split(',')
    .map(readPreference)
    .filter(({ language, weight }) => language !== null && weight > 0)
    .sort((a, b) => b.weight - a.weight)[0]
  return best?.language ?? 'zh'
}

function readPreference(part: string): { language: Language | null; weight: number } {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
  const weight = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean)
  const language = tag.startsWith('zh') ? 'zh' : tag.startsWith('en') ? 'en' : null
  return { language, weight: weight === undefined ? 1 : Number(weight) || 0 }
}
