// Owns how texts are compared: without regard to case, width or composition.

/** The form under which usernames and e-mails are unique, and names are searched. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}
