// Shows that a till without the server opens for whoever stood there last, unless the server has sent them away.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { ShopInfo } from '../../../src/modules/shop/schema.ts'
import type { User } from '../../../src/modules/users/schema.ts'
import { ApiError, refusalOf } from './api.ts'
import './query-client.ts'
import { orRemembered, remember } from './remembered.ts'

const user = { user_id: 7, username: 'clerk1' } as User
const shop = { shop_name: '宠物店' } as ShopInfo
const away = () => Promise.reject(new ApiError(0, 'NETWORK', ''))

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('location', { pathname: '/counter' })
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
  remember({ user, shop })
})
afterEach(() => vi.unstubAllGlobals())

test('without an answer it is whoever stood there', async () => {
  expect(await orRemembered('user', away)).toMatchObject({ user_id: 7 })
})

test('after a 401 nobody stands there, though the shop is still known', async () => {
  refusalOf(401, null)
  await expect(orRemembered('user', away)).rejects.toThrow(ApiError)
  expect(await orRemembered('shop', away)).toEqual(shop)
})

test('nor once the server has said that it knows nobody here', async () => {
  expect(await orRemembered('user', () => Promise.resolve(null))).toBeNull()
  await expect(orRemembered('user', away)).rejects.toThrow(ApiError)
})
