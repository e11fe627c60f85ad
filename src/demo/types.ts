// Owns the shapes of the demo shop's content: plain data, no database, no clock.
import type { PictureKind } from './pictures/kinds.ts'

export type Species = 'cat' | 'dog' | 'rabbit' | 'hamster' | 'fish' | 'bird' | 'turtle' | 'any'

export type Tint =
  'amber' | 'coral' | 'rose' | 'moss' | 'teal' | 'sky' | 'violet' | 'cocoa' | 'sand' | 'slate'

export interface Brand {
  name: string
  name_en: string
  /** Seven digits that open the brand's barcodes, 690–698 first. */
  barcode_prefix: string
  /** The colour of the picture's background. */
  backdrop: Tint
}

export interface ProductPicture {
  kind: PictureKind
  tint: Tint
  backdrop: Tint
  label: string
}

export interface DemoProduct {
  sku: string
  barcode: string
  product_name: string
  name_en: string
  category: string
  unit: string
  price_cents: number
  cost_cents: number
  low_stock_threshold: number
  description: string
  description_en: string
  on_hand: number
  popularity: number
  species: Species
  picture: ProductPicture
}

export type StaffRole = 'owner' | 'manager' | 'clerk'

export interface DemoStaff {
  username: string
  role: StaffRole
  display_name: string
  email: string
  phone: string
}

export interface DemoCustomer {
  username: string
  display_name: string
  email: string
  phone: string
  address: string
  /** What lives at home: steers what is bought. */
  pets: Species[]
  /** How often this customer comes, relative to the others. */
  visits: number
  /** True for `customer1` … `customer5`, whose passwords the terminal prints. */
  account: boolean
}

export type Channel = 'web' | 'counter'
export type Fulfilment = 'delivery' | 'pickup'
export type OrderStatus = 'pending' | 'confirmed' | 'ready' | 'shipped' | 'completed' | 'cancelled'
export type PaymentStatus = 'unpaid' | 'paid' | 'refunded'

export interface PastOrderLine {
  /** Index into the catalogue. */
  product: number
  quantity: number
}

export interface PastTransition {
  to: Exclude<OrderStatus, 'pending'>
  /** Epoch milliseconds. */
  at: number
  /** Index into the staff; null when the customer did it. */
  staff: number | null
}

export interface PastOrder {
  /** Epoch milliseconds, as are all times here. */
  created_at: number
  /** Index into the customers. */
  customer: number
  /** The index of the member of staff who took a counter order; null on the web. */
  staff: number | null
  channel: Channel
  fulfilment: Fulfilment
  lines: PastOrderLine[]
  total_cents: number
  status: OrderStatus
  payment_status: PaymentStatus
  paid_at: number | null
  refunded_at: number | null
  carrier: string | null
  tracking_number: string | null
  cancel_reason: string | null
  /** The delivery address; null for pick-up. */
  address: string | null
  note: string | null
  /** In time order, none after `now`; the last one leads to `status`. */
  transitions: PastTransition[]
}

export interface PastReceipt {
  product: number
  quantity: number
  at: number
  staff: number
  /** The delivery's number, shared by all receipts that came with it. */
  document: string
  note: string
}
