import { DomdomError } from '../core/errors';

/** SQLite's result codes for a file that cannot be read or written now; the others tell of a wrong statement. */
const SQLITE = /^SQLITE_(BUSY|LOCKED|READONLY|IOERR|CORRUPT|FULL|CANTOPEN|NOTADB|PROTOCOL|NOLFS|AUTH|PERM)/;
/** The driver's errors of a server that it does not reach, by their names. */
const DRIVER =
  /^Mongo(ose)?(Network|ServerSelection|NotConnected|TopologyClosed|ConnectionPool|PoolClear|PoolClosed|WaitQueue|OperationTimeout)/;
/** A connection that is gone while the driver writes on it comes as the bare error of the socket. */
const SOCKET = /^(EPIPE|ECONNRESET)$/;
/** What the server itself answers: no primary here, shutting down, no room on the disk, the majority did not confirm. */
const SERVER = [64, 91, 189, 10058, 10107, 11600, 11602, 13435, 13436, 14031];

interface Failure {
  name?: unknown;
  code?: unknown;
  errorLabels?: unknown;
  cause?: unknown;
}

/** Whether an error says that the store cannot be reached, or cannot keep anything, rather than that the question was wrong. */
export const isStoreFailure = (error: unknown): boolean => {
  if (error instanceof DomdomError) return error.code === 'STORE_UNREACHABLE';
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, cause } = error as Failure;
  if (SQLITE.test(String(code)) || DRIVER.test(String(name)) || SOCKET.test(String(code))) return true;
  if (/^Mongo/.test(String(name)) && SERVER.includes(code as number)) return true;
  return isStoreFailure(cause);
};

/** Which trouble of the embedded store it is, in a sentence for staff, where an error or what caused it tells. */
export const storeTrouble = (error: unknown): string | undefined => {
  const { code, cause } = (error ?? {}) as Failure;
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(String(code)))
    return 'The file domdom.db in DATA_DIR is damaged: put a copy of it back (docs/operations.md).';
  if (/^SQLITE_(FULL|IOERR_WRITE)/.test(String(code))) return 'The disk of DATA_DIR takes nothing more.';
  return cause === undefined ? undefined : storeTrouble(cause);
};

/** A failure of the store as the register's error; undefined for every other. */
export const storeFault = (error: unknown): DomdomError | undefined =>
  isStoreFailure(error)
    ? new DomdomError('STORE_UNREACHABLE', storeTrouble(error) ?? 'The store cannot be reached.', { cause: error })
    : undefined;
