// Owns how texts are compared: without regard to case, width or composition.

/** The form under which usernames and e-mails are unique, and names are searched. */
export function foldText(text: string): string {
  // Small letters may compose where their capitals don't, as in J̌ and ǰ: hence twice.
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim()
}
