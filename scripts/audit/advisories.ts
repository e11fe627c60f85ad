// Owns what `npm audit` answers: holes that are known, or why nobody could be asked.

export type Advice =
  | { readonly asked: true; readonly holes: readonly string[] }
  | { readonly asked: false; readonly reason: string }

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>
  readonly message?: string
  readonly statusCode?: number
  readonly error?: { readonly code?: string; readonly summary?: string }
}

interface Vulnerability {
  readonly name: string
  readonly severity: string
  readonly range: string
  readonly via: readonly (string | { readonly title?: string; readonly url?: string })[]
}

/** @param text its JSON; blank or anything else when it could not even begin */
export function readAdvice(text: string): Advice {
  const report = parse(text)
  if (!report) return { asked: false, reason: 'npm audit gave no answer' }
  const { vulnerabilities, statusCode, error } = report
  if (vulnerabilities) return { asked: true, holes: Object.values(vulnerabilities).map(inWords) }
  if (statusCode !== undefined) {
    return { asked: false, reason: `the registry answers ${statusCode} to it` }
  }
  const reason = error?.summary || error?.code || 'the registry was not reached'
  return { asked: false, reason }
}

function inWords({ name, severity, range, via }: Vulnerability): string {
  const why = via.map((one) => (typeof one === 'string' ? one : (one.title ?? one.url ?? '')))
  return `${name} ${range}: ${severity}, ${why.join('; ')}`
}

function parse(text: string): Report | null {
  try {
    const value: unknown = JSON.parse(text.slice(text.indexOf('{')))
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
