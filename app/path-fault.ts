import { DomdomError } from '../core/errors';

const WHY: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'it can only be read',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'links lead in a circle',
  ENOSPC: 'there is no room',
  EDQUOT: 'there is no room',
  EEXIST: 'something else has its name',
};

const DONE: Record<string, string> = {
  mkdir: 'made',
  write: 'written',
  read: 'read',
  scandir: 'read',
  unlink: 'removed',
  rmdir: 'removed',
  rename: 'renamed',
};

/** Sockets fail with a path, too. */
const NOT_FILES = ['connect', 'listen', 'bind', 'spawn'];

/**
 * An error of the file system as the register's error: what a person has named (a path, a folder) is theirs to mend, and
 * needs no stack. Undefined for every other error.
 */
export const pathFault = (error: unknown): DomdomError | undefined => {
  const { code, syscall, path } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  if (!code || !syscall || NOT_FILES.some((one) => syscall.startsWith(one))) return undefined;
  // what is already open has lost its path
  if (path === undefined && !(WHY[code] && (syscall === 'read' || syscall === 'write'))) return undefined;
  const what = path ?? 'A file that is named';
  return new DomdomError(
    'BAD_PATH',
    `${what} cannot be ${DONE[syscall] ?? 'opened'}: ${WHY[code] ?? 'the system refuses'} (${code}).`,
    { cause: error },
  );
};
