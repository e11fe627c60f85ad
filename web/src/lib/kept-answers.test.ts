// Shows that nobody sees what was answered to the person before them.
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'

import { keepToPerson } from './kept-answers.ts'
import { keys } from './query-keys.ts'

const audit = keys.audit({})

function tabOf(user_id: number): QueryClient {
  const client = new QueryClient()
  keepToPerson(client)
  client.setQueryData(keys.me, { user_id })
  client.setQueryData(keys.shop, { shop_name: '毛球' })
  client.setQueryData(audit, ['what only the owner may see'])
  return client
}

test('somebody else, or nobody, is told nothing of it; the shop stays the same', () => {
  for (const next of [{ user_id: 2 }, null]) {
    const client = tabOf(1)
    client.setQueryData(keys.me, next)
    expect(client.getQueryData(audit)).toBeUndefined()
    expect(client.getQueryData(keys.shop)).toEqual({ shop_name: '毛球' })
    expect(client.getQueryData(keys.me)).toEqual(next)
  }
})

test('the same person, asked for again, keeps what they have', () => {
  const client = tabOf(1)
  client.setQueryData(keys.me, { user_id: 1, display_name: 'another' })
  expect(client.getQueryData(audit)).toEqual(['what only the owner may see'])
})
