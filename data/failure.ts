import { DomdomError } from '../core/errors';

/** SQLite's result codes for a file that cannot be read or written now; the others tell of a wrong statement. */
const SQLITE = /^SQLITE_(BUSY|LOCKED|READONLY|IOERR|CORRUPT|FULL|CANTOPEN|NOTADB|PROTOCOL|NOLFS|AUTH|PERM)/;
/** The driver's errors of a server that it does not reach, by their names. */
const DRIVER =
  /^Mongo(ose)?(Network|ServerSelection|NotConnected|TopologyClosed|ConnectionPool|PoolClear|PoolClosed|WaitQueue|OperationTimeout)/;
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
  if (SQLITE.test(String(code)) || DRIVER.test(String(name))) return true;
  if (/^Mongo/.test(String(name)) && SERVER.includes(code as number)) return true;
  return isStoreFailure(cause);
};
