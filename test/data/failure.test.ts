import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { DomdomError } from '../../core/errors';
import { openEmbedded } from '../../data/embedded';
import { isStoreFailure } from '../../data/failure';
import { scratch } from '../processes';

const thrownBy = async (what: () => unknown): Promise<unknown> => {
  try {
    await what();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

test('a file that is no database', async () => {
  const { dir, remove } = scratch();
  writeFileSync(join(dir, 'domdom.db'), 'no database at all, '.repeat(500));
  const error = await thrownBy(() => openEmbedded({ dir }));
  expect(isStoreFailure(error)).toBe(true);
  expect(isStoreFailure((error as Error).cause)).toBe(true);
  remove();
});

test('a MongoDB server that is not there, as its driver tells it', async () => {
  const connection = createConnection();
  const opening = () => connection.openUri('mongodb://127.0.0.1:1/x', { serverSelectionTimeoutMS: 50 });
  expect(isStoreFailure(await thrownBy(opening))).toBe(true);
  await connection.destroy();
});

test('a connection that the other side has ended while the driver writes on it', async () => {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.resume();
  await once(socket, 'end');
  const error = await new Promise((resolve) => socket.once('error', resolve).write('x'));
  expect(isStoreFailure(error)).toBe(true);
  server.close();
});

test.each([
  ['a question that is wrong', Object.assign(new Error('no such column'), { code: 'SQLITE_ERROR' })],
  ['a unique index', Object.assign(new Error('E11000'), { name: 'MongoServerError', code: 11000 })],
  ['anything else', new Error('MongoNetworkError')],
  ['another code of ours', new DomdomError('BAD_JSON', 'no JSON')],
  ['nothing', undefined],
])('%s is none', (_what, error) => {
  expect(isStoreFailure(error)).toBe(false);
});

test.each([
  Object.assign(new Error('full'), { code: 'SQLITE_FULL' }),
  Object.assign(new Error('not primary'), { name: 'MongoServerError', code: 10107 }),
  new Error('wrapped', { cause: Object.assign(new Error('net'), { name: 'MongoNetworkTimeoutError' }) }),
])('%s is one', (error) => {
  expect(isStoreFailure(error)).toBe(true);
});
