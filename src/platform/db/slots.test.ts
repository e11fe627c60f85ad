// Shows that connections are handed out in order, and that nobody waits for ever.
import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

test('as many as there are work at once, the others in the order in which they came', async () => {
  const slots = createSlots(2, 10_000)
  const [first, second] = [await slots.take(), await slots.take()]
  const order: string[] = []
  const third = slots.take().then((giveBack) => {
    order.push('third')
    return giveBack
  })
  const fourth = slots.take().then((giveBack) => {
    order.push('fourth')
    return giveBack
  })
  first()
  first()
  const giveBack = await third
  expect(order).toEqual(['third'])
  giveBack()
  second()
  ;(await fourth)()
  expect(order).toEqual(['third', 'fourth'])
  await Promise.all([slots.take(), slots.take()])
})

test('whoever has waited long enough is told, and takes nobody’s turn', async () => {
  const slots = createSlots(1, 20)
  const giveBack = await slots.take()
  await expect(slots.take()).rejects.toMatchObject({ code: 'STORE_BUSY' })
  giveBack()
  const next = await slots.take()
  next()
})

test('whoever waits can be refused; whoever works goes on, and gives back to the next', async () => {
  const slots = createSlots(1, 10_000)
  const giveBack = await slots.take()
  const [second, third] = [slots.take(), slots.take()]
  slots.refuse(new Error('away'))
  await expect(second).rejects.toThrow('away')
  await expect(third).rejects.toThrow('away')
  const fourth = slots.take()
  giveBack()
  ;(await fourth)()
})
