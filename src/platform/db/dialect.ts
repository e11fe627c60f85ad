// Owns what SQL engines do differently, as one list: whoever writes SQL asks here and nowhere else.
import type {
  ColumnDataType,
  CreateTableBuilder,
  Expression,
  InsertQueryBuilder,
  Kysely,
  RawBuilder,
  SelectQueryBuilder,
  SqlBool,
} from 'kysely'

/**
 * `transient`: the same transaction may succeed right away. `away`: the database doesn't answer, or its disk
 * fails. Neither says anything about the statement.
 */
export type StoreFailure = 'unique' | 'foreign_key' | 'transient' | 'full' | 'away' | 'other'

export type ColumnType = ColumnDataType | Expression<unknown>

export interface NewIndex<T extends string> {
  readonly name: string
  readonly table: T
  readonly columns: readonly string[]
  readonly unique?: boolean
  /** Leaves out rows without a value in this column, where the engine can. */
  readonly without?: string
}

/** What a list's column holds, as in a table's. */
export type ListType = 'integer' | 'text'

export interface Dialect {
  readonly name: 'sqlite' | 'mysql' | 'postgres'
  /** Over a network: a connection may break at any moment, also while it commits. */
  readonly remote: boolean
  /** A migration step is undone when it breaks off; elsewhere it is done again over what there is. */
  readonly transactionalDdl: boolean
  /** Most values that one statement may carry. */
  readonly maxParameters: number

  /** Holds every integer up to 2^53. */
  readonly bigint: ColumnDataType
  /** Text of any length; the other two of at most so many characters. All compare byte by byte, as in UTF-8. */
  readonly text: ColumnType
  /** Bytes, up to 16 MiB. Read back as a Uint8Array or a Buffer. */
  readonly blob: ColumnType
  varchar(length: number): ColumnType
  char(length: number): ColumnType
  /** Begins a table; where it is there already, from a step that broke off, it stays as it is. */
  createTable<T extends string>(db: Kysely<unknown>, table: T): CreateTableBuilder<T>
  createIndex<T extends string>(db: Kysely<unknown>, index: NewIndex<T>): Promise<void>
  /** Drops an index, if it is there. */
  dropIndex(
    db: Kysely<unknown>,
    index: { readonly name: string; readonly table: string },
  ): Promise<void>
  /** Adds a key column that the engine counts up: whoever waited for a lock gets a higher number than its holder. */
  withAutoId<TB extends string, C extends string, N extends string>(
    table: CreateTableBuilder<TB, C>,
    column: N,
  ): CreateTableBuilder<TB, C | N>
  /** Adds a column, never empty, that names a row of another table, as in `users.user_id`. */
  reference<N extends string>(
    column: N,
    target: `${string}.${string}`,
  ): <TB extends string, C extends string>(
    table: CreateTableBuilder<TB, C>,
  ) => CreateTableBuilder<TB, C | N>
  /** Keeps the rows in the order of the primary key, without a second tree, where the engine can. */
  clustered<TB extends string, C extends string>(
    table: CreateTableBuilder<TB, C>,
  ): CreateTableBuilder<TB, C>

  /** Locks the selected rows until the transaction ends; SQLite's writer is alone already. */
  forUpdate<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O>
  /** Keeps the selected rows as they are until the transaction ends; others may do the same. */
  forShare<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O>
  /**
   * Leaves out rows that violate a unique key, having waited for whoever is writing the same key; every other
   * failure stays one. How many rows it reports means nothing on MySQL: read again.
   */
  ignoreConflicts<DB, TB extends keyof DB, O>(
    query: InsertQueryBuilder<DB, TB, O>,
  ): InsertQueryBuilder<DB, TB, O>
  /**
   * A table of values, named `list`, for the FROM of a statement; its text is the same however many rows there
   * are. Each row's values stand in the order of the columns.
   */
  list(
    columns: Readonly<Record<string, ListType>>,
    rows: readonly (readonly (string | number)[])[],
  ): RawBuilder<unknown>
  /** Is the column's number among these? The text is the same however many there are, where the engine can. */
  among(column: string, numbers: readonly number[]): RawBuilder<SqlBool>
  /** An update of `table` with a `list` joined to it; `set` and `where` may name the columns of both. */
  joinedUpdate(parts: {
    readonly table: string
    readonly list: RawBuilder<unknown>
    readonly set: RawBuilder<unknown>
    readonly where: RawBuilder<unknown>
  }): RawBuilder<unknown>

  classify(error: unknown): StoreFailure
  /** For a unique violation: does the violated index or column bear this name? */
  violates(error: unknown, name: string): boolean
}
