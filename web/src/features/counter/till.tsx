// Owns the counter's one screen: what is sold, what it comes to, and a key for everything.
import { useEffect } from 'react'

import type { User } from '../../../../src/modules/users/schema.ts'
import { loadCatalogue, productByCode } from './catalogue.ts'
import { type Draft, removeLine, setQuantity } from './draft.ts'
import { isEditable, useKeys } from './keys.ts'
import { readParked } from './parked.ts'
import { keepSending } from './queue.ts'
import { SaleLines } from './sale-lines.tsx'
import { ScanField } from './scan-field.tsx'
import { useScanner } from './scanner.ts'
import styles from './till.module.css'
import { TillDialogs } from './till-dialogs.tsx'
import { TillSide } from './till-side.tsx'
import { type OpenDialog, type Till, useTill } from './use-till.ts'

/** Prices change seldom, and must not be old for long. */
const REFRESH_MS = 60_000

export interface TillScreenProps {
  readonly user: User
  /** The sale at hand when the page was left. */
  readonly kept: Draft
  readonly isManager: boolean
  readonly onLogOut: () => void
}

export function TillScreen({ user, isManager, kept, onLogOut }: TillScreenProps) {
  const till = useTill(user, isManager, kept)
  useBackground()
  useScanner({
    isKnown: (code) => productByCode(code) !== null,
    onScan: (code) => void till.code(code, 1),
  })
  useKeys(keysOf(till, onLogOut), till.dialog === null)
  useTypingAnywhere(till)
  return (
    <div className={styles.till}>
      <section className={styles.sale}>
        <ScanField
          field={till.scanField}
          typed={till.typed}
          onType={till.setTyped}
          onPick={till.add}
          onCode={(code, quantity) => void till.code(code, quantity)}
          onMove={till.move}
        />
        <div className={styles.lines}>
          <SaleLines
            draft={till.draft}
            isManager={isManager}
            quantityField={till.quantityField}
            onSelect={(selected) => till.change((draft) => ({ ...draft, selected }))}
            onQuantity={(id, quantity) => till.change((draft) => setQuantity(draft, id, quantity))}
            onRemove={(id) => till.change((draft) => removeLine(draft, id))}
            onDone={till.toScan}
          />
        </div>
      </section>
      <TillSide till={till} isManager={isManager} />
      <TillDialogs till={till} isManager={isManager} />
    </div>
  )
}

/** What goes on while the counter is open. */
function useBackground(): void {
  useEffect(() => {
    const load = () => void loadCatalogue().catch(() => undefined)
    load()
    void readParked().catch(() => undefined)
    const timer = setInterval(load, REFRESH_MS)
    const stop = keepSending()
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [])
}

function keysOf(till: Till, onLogOut: () => void) {
  const open = (dialog: OpenDialog) => () => till.setDialog(dialog)
  const openForLines = (dialog: OpenDialog) => () => {
    if (till.draft.lines.length > 0) till.setDialog(dialog)
  }
  const unlessTyping = (action: () => void) => () => {
    const { activeElement } = document
    const isScanField = activeElement === till.scanField.current
    if (isScanField ? till.typed !== '' : isEditable(activeElement)) return false
    return action()
  }
  return {
    F2: () => till.quantityField.current?.focus(),
    F3: openForLines('lineDiscount'),
    F4: openForLines('saleDiscount'),
    F6: open('customer'),
    F7: () => void till.park(),
    F8: open('parked'),
    F9: till.pay,
    F10: open('queue'),
    'Alt+L': () => {
      till.takeTyped()
      onLogOut()
    },
    'Ctrl+Delete': till.clear,
    Escape: till.toScan,
    Delete: unlessTyping(till.removeSelected),
    '+': unlessTyping(() => till.step(1)),
    '-': unlessTyping(() => till.step(-1)),
    ArrowDown: unlessTyping(() => till.move(1)),
    ArrowUp: unlessTyping(() => till.move(-1)),
  }
}

/** Whoever types outside of a field means the one for products. */
function useTypingAnywhere(till: Till): void {
  const { toScan, dialog } = till
  useEffect(() => {
    if (dialog !== null) return
    toScan()
    const press = (event: KeyboardEvent) => {
      const isText = event.key.length === 1 && event.key !== ' '
      const isHeld = event.ctrlKey || event.altKey || event.metaKey
      if (isText && !isHeld && !isEditable(event.target)) toScan()
    }
    document.addEventListener('keydown', press, true)
    return () => document.removeEventListener('keydown', press, true)
    // The field is the same for as long as the page stands.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [dialog])
}
