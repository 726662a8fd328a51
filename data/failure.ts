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

/** The same for staff, in a sentence: which trouble it is, where that is known. */
export const storeTrouble = (error: unknown): string => {
  const codes: string[] = [];
  for (let one = error as Failure | undefined; one; one = one.cause as Failure | undefined)
    codes.push(String(one.code));
  if (codes.some((code) => /^SQLITE_(CORRUPT|NOTADB)/.test(code)))
    return 'The file domdom.db in DATA_DIR is damaged: put a copy of it back (docs/operations.md).';
  if (codes.some((code) => /^SQLITE_(FULL|IOERR_WRITE)/.test(code))) return 'The disk of DATA_DIR takes nothing more.';
  if (codes.some((code) => /^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code)))
    return 'The files in DATA_DIR cannot be opened and written by this user.';
  return 'The store cannot be reached.';
};
