// Owns the form of an address, in a dialog: who, their phone, where.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { isPhone } from '../../../../src/lib/phone.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckField, TextArea, TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { useForm } from '../../ui/use-form.ts'
import { type Address, useSaveAddress } from './addresses.ts'

interface AddressDialogProps {
  /** The one to change; null for a new one. */
  readonly address: Address | null
  readonly open: boolean
  readonly onClose: () => void
  readonly onSaved?: (address: Address) => void
}

export function AddressDialog({ address, open, onClose, onSaved }: AddressDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog open={open} title={t(address ? 'address.edit' : 'address.add')} onClose={onClose}>
      <AddressForm
        address={address}
        onSaved={(saved) => {
          onClose()
          onSaved?.(saved)
        }}
      />
    </Dialog>
  )
}

interface AddressFormProps {
  readonly address: Address | null
  readonly onSaved: (address: Address) => void
}

function AddressForm({ address, onSaved }: AddressFormProps) {
  const { t } = useTranslation()
  const save = useSaveAddress()
  const [isDefault, setDefault] = useState(address?.is_default ?? false)
  const form = useForm({
    initial: {
      recipient: address?.recipient ?? '',
      phone: address?.phone ?? '',
      region: address?.region ?? '',
      detail: address?.detail ?? '',
    },
    check: (values) => ({
      ...(values.recipient.trim() === '' && { recipient: t('address.recipientMissing') }),
      ...(!isPhone(values.phone) && { phone: t('address.phoneWrong') }),
      ...(values.region.trim() === '' && { region: t('address.regionMissing') }),
      ...(values.detail.trim() === '' && { detail: t('address.detailMissing') }),
    }),
    send: async ({ recipient, phone, region, detail }) => {
      const texts = {
        recipient: recipient.trim(),
        phone: phone.trim(),
        region: region.trim(),
        // Pasted addresses come in several lines.
        detail: detail.trim().replaceAll(/\s*\n\s*/g, ' '),
      }
      const id = address?.address_id ?? null
      onSaved(await save.mutateAsync({ id, address: { ...texts, is_default: isDefault } }))
    },
  })
  return (
    <FormBody form={form}>
      <TextField
        label={t('address.recipient')}
        autoComplete="name"
        maxLength={60}
        {...form.field('recipient')}
      />
      <TextField
        label={t('account.phone')}
        type="tel"
        autoComplete="tel"
        hint={t('address.phoneHint')}
        maxLength={30}
        {...form.field('phone')}
      />
      <TextField
        label={t('address.region')}
        placeholder={t('address.regionExample')}
        autoComplete="address-level1"
        maxLength={100}
        {...form.field('region')}
      />
      <TextArea
        label={t('address.detail')}
        placeholder={t('address.detailExample')}
        autoComplete="street-address"
        rows={2}
        maxLength={300}
        {...form.field('detail')}
      />
      {!address?.is_default && (
        <CheckField label={t('address.makeDefault')} checked={isDefault} onChange={setDefault} />
      )}
      <Button tone="primary" size="lg" wide type="submit" busy={form.busy}>
        {t('actions.save')}
      </Button>
    </FormBody>
  )
}
