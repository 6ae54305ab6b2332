/** What is kept on this machine and not in the workbook: in the store that the browser gives the add-in. */

/** Values under names; what a host refuses to keep rejects. */
export interface Store {
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
  /** All of it. */
  clear(): Promise<void>;
}

const DATABASE = "option-seller-margin";
const TABLE = "kept";

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("indexedDB"));
  });

async function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
  return answer(request);
}

/** Does something with the table; resolves once it is on the disk. */
async function within<T>(
  mode: IDBTransactionMode,
  what: (table: IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  const database = await opened();
  try {
    const transaction = database.transaction(TABLE, mode);
    const done = new Promise<void>((resolve, reject) => {
      const fail = (): void => reject(transaction.error ?? new Error("indexedDB"));
      transaction.oncomplete = () => resolve();
      transaction.onabort = fail;
      transaction.onerror = fail;
    });
    const request = what(transaction.objectStore(TABLE));
    await done;
    return request?.result;
  } finally {
    database.close();
  }
}

export const machineStore: Store = {
  read: (name) => within<unknown>("readonly", (table) => table.get(name) as IDBRequest<unknown>),
  async write(name, value) {
    await within("readwrite", (table) => table.put(value, name));
  },
  async remove(names) {
    await within("readwrite", (table) => {
      for (const name of names) table.delete(name);
      return undefined;
    });
  },
  async clear() {
    await within("readwrite", (table) => table.clear());
  },
};
