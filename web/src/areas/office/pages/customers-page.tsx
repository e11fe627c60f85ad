// Owns finding a customer by name, phone or e-mail, and all about them: facts, orders, what may be done.
import { Empty, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { HandOver, type Slip } from '../../../features/people/hand-over.tsx'
import { PeopleTable } from '../../../features/people/people-table.tsx'
import { PersonDrawer } from '../../../features/people/person-drawer.tsx'
import { NewPersonForm } from '../../../features/people/person-form.tsx'
import { usePeople } from '../../../features/people/queries.ts'
import { useSession } from '../../../lib/session.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { Button } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SearchBox } from '../../../ui/search-box.tsx'
import { CustomerOrders } from './customer-orders.tsx'
import styles from './filters.module.css'

const states = ['active', 'disabled'] as const

export function CustomersPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const address = useUrlFilters()
  const [adding, setAdding] = useState(false)
  const [slip, setSlip] = useState<Slip | null>(null)
  const search = address.get('search')
  const state = address.oneOf('state', states)
  const customers = usePeople({ search, role: 'customer', active: state && state === 'active' })
  const unfiltered = search === '' && !state
  return (
    <>
      <PageHeader title={t('people.customers')} text={t('people.customerText')}>
        {may('manager') && (
          <Button tone="primary" size="sm" onClick={() => setAdding(true)}>
            {t('people.newCustomer')}
          </Button>
        )}
      </PageHeader>
      <div className={styles.filters}>
        <SearchBox
          label={t('people.search')}
          value={search}
          onSearch={(value) => address.set({ search: value }, search !== '')}
        />
        <Select
          aria-label={t('people.filterActive')}
          placeholder={t('people.filterActive')}
          allowClear
          value={state ?? null}
          options={states.map((value) => ({ value, label: t(`people.${value}`) }))}
          onChange={(value: string | undefined) => address.set({ state: value ?? null })}
        />
      </div>
      <PeopleTable
        people={customers}
        empty={
          <Empty description={t(unfiltered ? 'people.noCustomersYet' : 'people.noCustomers')} />
        }
        onOpen={(userId) => address.set({ customer: String(userId) })}
      />
      <PersonDrawer
        userId={address.id('customer')}
        label={t('people.customerDetails')}
        onClose={() => address.set({ customer: null })}
      >
        {(user) => (
          <CustomerOrders
            user={user}
            onOpen={(orderId) => address.set({ order: String(orderId) })}
          />
        )}
      </PersonDrawer>
      <NewPersonForm
        kind="customer"
        open={adding}
        mayGive={['customer']}
        onClose={() => setAdding(false)}
        onCreated={({ username }, password) => {
          setAdding(false)
          setSlip({ title: t('people.created'), username, password })
        }}
      />
      <HandOver slip={slip} onClose={() => setSlip(null)} />
    </>
  )
}
