// Owns what an owner does with backups from the office: make, look, take home, delete. Restoring needs a stopped shop.
import { join } from 'node:path'
import { defineError, type Text } from '../../lib/errors.ts'
import {
  type BackupFile,
  type BackupProblem,
  findBackup,
  listBackups,
  openBackup,
  removeBackup,
} from '../../platform/backup/folder.ts'
import { type BackupMaker, createBackupMaker } from '../../platform/backup/maker.ts'
import type { Core } from '../../platform/module.ts'

const backupRunning = defineError('BACKUP_RUNNING', 409, {
  zh: '正在备份，请等它完成。',
  en: 'A backup is being made; wait until it is done.',
})
const backupElsewhere = defineError('BACKUP_ELSEWHERE', 409, {
  zh: '数据在数据库服务器上，请用它自带的工具 {tool} 备份。',
  en: 'The data is on a database server: back it up with its own tool, {tool}.',
})
const backupFolder = defineError('BACKUP_FOLDER', 409, {
  zh: '备份文件夹无法写入（{reason}），请检查服务器上的 PETSHOP_BACKUP_DIR。',
  en: 'The folder of backups cannot be written ({reason}); check PETSHOP_BACKUP_DIR on the server.',
})

export const PROBLEMS: Readonly<Record<BackupProblem, Text>> = {
  DISK_FULL: {
    zh: '磁盘已满，备份没有完成。请腾出空间后再试。',
    en: 'The disk is full: there is no backup. Make room and try again.',
  },
  CANNOT_WRITE: {
    zh: '备份文件夹无法写入，请检查它的权限。',
    en: 'The folder of backups cannot be written; check its rights.',
  },
  DAMAGED: {
    zh: '店铺的数据文件已损坏，没有保留这份备份。请尽快恢复较早的备份。',
    en: 'The shop’s own file is damaged, and no backup was kept. Go back to an earlier one soon.',
  },
  FINDINGS: {
    zh: '备份完整，但店里的账对不上。请在服务器上运行 petshop doctor。',
    en: 'The backup is whole, but the shop’s books don’t add up: run petshop doctor on the server.',
  },
  INTERRUPTED: {
    zh: '备份中断了（服务停止或重启）。请重新备份。',
    en: 'It was broken off: the shop stopped or was started again. Make another one.',
  },
  FAILED: {
    zh: '备份失败，原因在服务器的日志里。',
    en: 'It failed; the server’s log says why.',
  },
}

export interface Backups {
  readonly supported: boolean
  /** Newest first. */
  list(): BackupFile[]
  /** Begins one. @throws BACKUP_RUNNING, BACKUP_ELSEWHERE, BACKUP_FOLDER */
  start(now: number): BackupFile
  /** For its reader to close; null when there is none of this name that is ready. */
  open(name: string): ReturnType<typeof openBackup>
  /** @returns false when there is none. @throws BACKUP_RUNNING */
  remove(name: string): boolean
  /** Where it is on the server. */
  pathOf(name: string): string
  /** Ends one that this process has begun. */
  stop(): void
}

export function createBackups({ config, log, store }: Core): Backups {
  const { address } = config.store
  const folder = config.backupDir
  const supported = address.engine === 'sqlite'
  const maker = supported ? createBackupMaker({ folder, source: address.path, log }) : null
  const find = (name: string) => (supported ? findBackup(folder, name) : null)
  return {
    supported,
    list: () => (supported ? listBackups(folder) : []),
    start(now) {
      if (!maker) throw backupElsewhere({ params: { tool: toolOf(store.dialect.name) } })
      const name = begin(maker, now)
      const backup = name === null ? null : find(name)
      if (!backup) throw backupRunning({ retryAfter: 5 })
      return backup
    },
    open: (name) => (supported ? openBackup(folder, name) : Promise.resolve(null)),
    remove(name) {
      const backup = find(name)
      if (!backup) return false
      if (backup.state === 'running') throw backupRunning({ retryAfter: 5 })
      removeBackup(folder, name)
      return true
    },
    pathOf: (name) => join(folder, name),
    stop: () => maker?.stop(),
  }
}

function begin(maker: BackupMaker, now: number): string | null {
  try {
    return maker.start(now)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw backupFolder({ params: { reason: code } })
  }
}

function toolOf(engine: string): string {
  return engine === 'postgres' ? 'pg_dump' : 'mariadb-dump'
}
