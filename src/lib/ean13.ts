// Owns the EAN-13 barcode: the check digit that makes a mistyped or misread code show.

/** The whole code for its first twelve digits. Throws RangeError on anything but twelve digits. */
export function ean13(twelveDigits: string): string {
  if (!/^\d{12}$/.test(twelveDigits)) throw new RangeError(`not twelve digits: ${twelveDigits}`)
  return twelveDigits + checkDigit(twelveDigits)
}

export function isEan13(code: string): boolean {
  return /^\d{13}$/.test(code) && ean13(code.slice(0, 12)) === code
}

/** Digits weigh 1, 3, 1, 3 … from the left; the check digit fills the sum up to a multiple of 10. */
function checkDigit(digits: string): number {
  const sum = [...digits].reduce((total, digit, index) => {
    return total + Number(digit) * (index % 2 === 0 ? 1 : 3)
  }, 0)
  return (10 - (sum % 10)) % 10
}
