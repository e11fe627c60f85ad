// Owns which time zones and currencies a shop is offered.

export const currencies = [
  'CNY',
  'HKD',
  'TWD',
  'MOP',
  'SGD',
  'MYR',
  'JPY',
  'KRW',
  'USD',
  'EUR',
  'GBP',
  'AUD',
  'CAD',
]

export function timeZones(): string[] {
  return Intl.supportedValuesOf('timeZone')
}

export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai'
}
