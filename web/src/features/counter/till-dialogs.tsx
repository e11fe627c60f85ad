// Owns which of the till's dialogs is open, and what comes of it.
import { useTranslation } from 'react-i18next'

import { productName } from '../../lib/format.ts'
import { CustomerDialog } from './customer-dialog.tsx'
import { DiscountDialog } from './discount-dialog.tsx'
import { DoneDialog } from './done-dialog.tsx'
import { draftSums, grossOf, selectedLine, setLineDiscount } from './draft.ts'
import { ParkedDialog } from './parked-dialog.tsx'
import { PayDialog } from './pay-dialog.tsx'
import { QueueDialog } from './queue-dialog.tsx'
import { TillNotice } from './till-dialog.tsx'
import type { Till } from './use-till.ts'

interface TillDialogsProps {
  readonly till: Till
  readonly isManager: boolean
}

export function TillDialogs(props: TillDialogsProps) {
  return (
    <TillNotice value={props.till.notice}>
      <CurrentDialog {...props} />
    </TillNotice>
  )
}

function CurrentDialog({ till, isManager }: TillDialogsProps) {
  const { dialog, draft, close } = till
  const sums = draftSums(draft)
  switch (dialog) {
    case null:
      return null
    case 'lineDiscount':
      return <LineDiscount till={till} />
    case 'saleDiscount':
      return <SaleDiscount till={till} of={sums.total_cents + sums.whole} />
    case 'customer':
      return (
        <CustomerDialog
          given={draft.customer}
          onClose={close}
          onPick={(customer) => {
            till.change((before) => ({ ...before, customer }))
            close()
          }}
        />
      )
    case 'pay':
      return (
        <PayDialog
          total={sums.total_cents}
          onPaid={(tenders, change) => void till.complete(tenders, change)}
          onClose={close}
        />
      )
    case 'done':
      return till.done && <DoneDialog sale={till.done} onClose={close} />
    case 'parked':
      return <ParkedDialog onResume={(sale) => void till.resume(sale)} onClose={close} />
    case 'queue':
      return <QueueDialog isManager={isManager} onClose={close} />
  }
}

function LineDiscount({ till }: { till: Till }) {
  const { t } = useTranslation()
  const line = selectedLine(till.draft)
  if (!line) return null
  return (
    <DiscountDialog
      title={`${t('counter.actions.discount')} · ${productName(line.product)}`}
      of={grossOf(line)}
      given={line.discount}
      onClose={till.close}
      onGive={(discount) => {
        till.change((before) => setLineDiscount(before, line.product.product_id, discount))
        till.close()
      }}
    />
  )
}

function SaleDiscount({ till, of }: { till: Till; of: number }) {
  const { t } = useTranslation()
  return (
    <DiscountDialog
      title={t('counter.actions.saleDiscount')}
      of={of}
      given={till.draft.discount}
      onClose={till.close}
      onGive={(discount) => {
        till.change((before) => ({ ...before, discount }))
        till.close()
      }}
    />
  )
}
