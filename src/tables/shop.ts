// Owns the shape of the tables of the shop itself.

export interface SettingsTable {
  name: string
  /** JSON. */
  value: string
  updated_at: number
}

export interface SequencesTable {
  name: string
  next_value: number
}

export interface IdempotencyKeysTable {
  /** SHA-256 of user, route and key: a key means nothing outside of that scope. */
  key_hash: string
  body_hash: string
  /** JSON of the answer's body. */
  response: string
  created_at: number
}
