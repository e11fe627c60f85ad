// Owns the carriers that are offered; any other may be typed.
export const carriers = [
  '顺丰速运',
  '京东物流',
  '中通快递',
  '圆通速递',
  '申通快递',
  '韵达快递',
  '极兔速递',
  '中国邮政 EMS',
  '同城配送',
]
