// Owns finding a customer by name, e-mail or phone.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { foldText } from '../../../../src/lib/text.ts'
import type { User } from '../../../../src/modules/users/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { useSearchSelect } from '../../lib/use-search-select.ts'
import { showFailure } from '../../ui/toast-store.ts'

interface CustomerSelectProps {
  // Given by the form's item around it.
  readonly id?: string
  readonly value?: number
  readonly onChange?: (userId: number) => void
}

export function CustomerSelect({ id, value, onChange }: CustomerSelectProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [picked, setPicked] = useState<User | null>(null)
  const { search, selectProps, onKeyDownCapture } = useSearchSelect<User>({
    fetch: async (text) => (await client.fetchQuery(customersQuery(text))).items,
    exact: (found, text) => found.find((user) => foldText(user.username) === foldText(text)),
    onHit: (user) => {
      setPicked(user)
      onChange?.(user.user_id)
    },
    onError: showFailure,
  })
  const found = useQuery({ ...customersQuery(search), placeholderData: (before) => before })
  // Chosen by a link, the customer never stood in the list either.
  const linked = useQuery({
    queryKey: keys.user(value ?? 0),
    queryFn: async () => (await api.get<{ item: User }>(`/users/${value}`)).item,
    enabled:
      value !== undefined &&
      picked?.user_id !== value &&
      !found.data?.items.some((user) => user.user_id === value),
  })
  const known = [picked, linked.data].find((user) => user?.user_id === value)
  return (
    <div onKeyDownCapture={onKeyDownCapture}>
      <Select
        {...selectProps}
        {...(id && { id })}
        value={value ?? null}
        onChange={(userId: number | null) => userId !== null && onChange?.(userId)}
        placeholder={t('office.customerSearch')}
        loading={found.isFetching}
        style={{ width: '100%' }}
        // Taken with Enter, the customer may never have stood in the list.
        labelRender={({ label, value: userId }) => label ?? (known ? labelOf(known) : userId)}
        options={(found.data?.items ?? []).map((user) => ({
          value: user.user_id,
          label: labelOf(user),
        }))}
      />
    </div>
  )
}

function customersQuery(search: string) {
  return {
    queryKey: keys.customers(search),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get<Page<User>>('/users', { search, limit: 20 }, signal),
  }
}

function labelOf(user: User): string {
  return [user.username, user.display_name, user.phone].filter(Boolean).join(' · ')
}
