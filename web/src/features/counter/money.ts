// Owns reading amounts as people type them at a till: `12.5`, `12,50`, and `10%` where a part is meant.

/** In minor units; null when it is no amount. @param digits how many the minor unit has */
export function parseMoney(text: string, digits: number): number | null {
  const plain = text
    .trim()
    .replace(',', '.')
    .replaceAll(/[¥￥$€\s]/g, '')
  if (!/^\d{1,9}(\.\d*)?$|^\.\d+$/.test(plain)) return null
  const [whole = '', part = ''] = plain.split('.')
  if (part.length > digits) return null
  return Number(whole || '0') * 10 ** digits + Number(part.padEnd(digits, '0') || '0')
}

/** Minor units as they are typed: `12.50`. */
export function moneyText(cents: number, digits: number): string {
  return (cents / 10 ** digits).toFixed(digits)
}

/** Of 100; null when it is no percentage. */
export function parsePercent(text: string): number | null {
  const match = /^\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*[%％]\s*$/.exec(text)
  const percent = match ? Number(match[1]?.replace(',', '.')) : NaN
  return percent > 0 && percent <= 100 ? percent : null
}
