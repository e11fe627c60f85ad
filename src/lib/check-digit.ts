// Owns the Luhn check digit: it catches every single wrong digit and nearly every swap of neighbours.

/** The digit to append to a string of digits (ISO/IEC 7812-1 annex B). */
export function luhnDigit(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return (10 - (sum % 10)) % 10
}
