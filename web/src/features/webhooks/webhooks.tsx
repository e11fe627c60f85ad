// Owns the owner's webhooks: which there are, whether they take what they are told, and what can be done with each.
import { Button, Empty, Switch, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Webhook, WebhookSecret } from '../../../../src/modules/webhooks/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { keyOfKind } from './kinds.ts'
import {
  useChangeWebhook,
  useDeleteWebhook,
  useRenewSecret,
  useReplayWebhook,
  useTestWebhook,
  useWebhooks,
} from './queries.ts'
import { SecretModal } from './secret-modal.tsx'
import { WebhookForm } from './webhook-form.tsx'
import styles from './webhooks.module.css'

interface WebhooksProps {
  readonly adding: boolean
  readonly onAddingDone: () => void
}

export function Webhooks({ adding, onAddingDone }: WebhooksProps) {
  const { t } = useTranslation()
  const webhooks = useWebhooks()
  const [secret, setSecret] = useState<WebhookSecret | null>(null)
  const change = useChangeWebhook()
  if (webhooks.isError && !webhooks.data)
    return <LoadFailure error={webhooks.error} onRetry={webhooks.refetch} />
  return (
    <div className={styles.page}>
      <Table<Webhook>
        rowKey="webhook_id"
        pagination={false}
        loading={webhooks.isPending}
        dataSource={webhooks.data ?? []}
        locale={{ emptyText: <Empty description={t('webhooks.none')} /> }}
        columns={[
          {
            title: t('webhooks.url'),
            key: 'url',
            render: (_, webhook) => <Told webhook={webhook} />,
          },
          {
            title: t('webhooks.active'),
            key: 'active',
            width: 80,
            render: (_, { webhook_id: id, url, active }) => (
              <Switch
                size="small"
                aria-label={t('webhooks.activeNamed', { url })}
                checked={active}
                onChange={(on) => change.mutate({ id, active: on }, { onError: showFailure })}
              />
            ),
          },
          {
            title: t('office.actionsColumn'),
            key: 'actions',
            render: (_, webhook) => <Actions webhook={webhook} onSecret={setSecret} />,
          },
        ]}
      />
      <WebhookForm
        open={adding}
        onClose={onAddingDone}
        onAdded={(added) => {
          onAddingDone()
          setSecret(added)
        }}
      />
      <SecretModal secret={secret} onClose={() => setSecret(null)} />
    </div>
  )
}

function Told({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { url, kinds, delivered_at: at, waiting, dead, error } = webhook
  return (
    <>
      <span className={styles.url}>{url}</span>
      <span className={styles.soft}>
        {kinds.map((kind) => t(`webhooks.kind.${keyOfKind(kind)}`)).join(t('webhooks.and'))}
      </span>
      <span className={styles.soft}>
        {at === null ? t('webhooks.neverTook') : t('webhooks.took', { time: dateTime(at) })}
        {waiting > 0 && ` · ${t('webhooks.waiting', { number: waiting })}`}
      </span>
      {error !== null && (
        <span className={styles.problem}>
          {dead > 0 && `${t('webhooks.dead', { number: dead })} · `}
          {error}
        </span>
      )}
    </>
  )
}

interface ActionsProps {
  readonly webhook: Webhook
  readonly onSecret: (secret: WebhookSecret) => void
}

function Actions({ webhook, onSecret }: ActionsProps) {
  const { t } = useTranslation()
  const { webhook_id: id, url, dead } = webhook
  const ask = useConfirm()
  const [test, replay, renew, remove] = [
    useTestWebhook(),
    useReplayWebhook(),
    useRenewSecret(),
    useDeleteWebhook(),
  ]
  const say = (text: string) => ({
    onSuccess: () => showToast({ tone: 'good', text }),
    onError: showFailure,
  })
  const renewNow = async () => {
    const texts = { title: t('webhooks.renewTitle'), text: t('webhooks.renewText') }
    if (await ask({ ...texts, ok: t('webhooks.renew'), cancel: t('webhooks.keep') }))
      renew.mutate(id, { onSuccess: onSecret, onError: showFailure })
  }
  const removeNow = async () => {
    const texts = { title: t('webhooks.deleteTitle'), text: url }
    if (await ask({ ...texts, ok: t('webhooks.delete'), cancel: t('webhooks.keep') }))
      remove.mutate(id, say(t('webhooks.deleted')))
  }
  return (
    <div className={styles.actions}>
      <Button size="small" onClick={() => test.mutate(id, say(t('webhooks.testSent')))}>
        {t('webhooks.test')}
      </Button>
      {dead > 0 && (
        <Button size="small" onClick={() => replay.mutate(id, say(t('webhooks.replayed')))}>
          {t('webhooks.replay')}
        </Button>
      )}
      <Button size="small" onClick={() => void renewNow()}>
        {t('webhooks.renew')}
      </Button>
      <Button size="small" danger onClick={() => void removeNow()}>
        {t('webhooks.delete')}
      </Button>
    </div>
  )
}
