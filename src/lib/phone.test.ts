// Shows which phone numbers are taken: Chinese mobiles by their rules, others by their length.
import { expect, test } from 'vitest'
import { isPhone } from './phone.ts'

test.each([
  '13800138000',
  '138 0013 8000',
  '+86 138-0013-8000',
  '008613800138000',
  '021-12345678',
  '(0571) 8765 4321',
  '400-820-8820',
  '+1 415 555 2671',
  '0044 20 7946 0958',
])('%s is a phone number', (text) => expect(isPhone(text)).toBe(true))

test.each([
  '',
  '12345',
  '1380013800',
  '138001380001',
  '12800138000',
  '+86 1280013800',
  '+1234567890123456',
  'call me',
  '138O0138000',
  '１３８００１３８０００',
])('%j is none', (text) => expect(isPhone(text)).toBe(false))
