import { DomdomError } from '../../core/errors';
import type { Collection, Doc, Engine, Shape } from '../engine';
import { Documents } from './documents';

/** One command that went over the wire, as the driver's monitoring tells it. */
export interface MongoCommand {
  name: string;
  /** the command as sent; it holds personal data, so it is for counting and explaining, never for logs */
  command: Record<string, unknown>;
}

const CONNECTING_MS = 10_000;
const DEFAULT_DATABASE = 'domdom';

/**
 * MongoDB through Mongoose: a replica set or a sharded cluster. Every write is acknowledged by the majority, journalled.
 * `uri` names the database, default `domdom`. Throws STORE_UNREACHABLE; the URI, which holds a password, is in no error.
 */
export const openMongo = async ({
  uri,
  onCommand,
}: {
  uri: string;
  onCommand?: (command: MongoCommand) => void;
}): Promise<Engine> => {
  // imported here, for it takes 155 ms and the embedded default never needs it
  const { default: mongoose } = await import('mongoose');
  const named = /^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+/.test(uri);
  const connection = mongoose.createConnection();
  let describe: string;
  try {
    await connection.openUri(uri, {
      ...(!named && { dbName: DEFAULT_DATABASE }),
      autoIndex: false,
      autoCreate: false,
      // not as `writeConcern`, which a `w` in the URI would override
      w: 'majority',
      journal: true,
      readPreference: 'primary',
      ...(!/serverSelectionTimeoutMS=/i.test(uri) && { serverSelectionTimeoutMS: CONNECTING_MS }),
      monitorCommands: onCommand !== undefined,
    });
    describe = serverOf(await connection.db!.admin().buildInfo());
  } catch (error) {
    await connection.destroy().catch(() => {});
    throw new DomdomError('STORE_UNREACHABLE', 'MongoDB cannot be reached', { cause: nameless(error) });
  }
  if (onCommand)
    connection
      .getClient()
      .on('commandStarted', ({ commandName, command }) => onCommand({ name: commandName, command }));

  const collections = new Map<string, Documents<never>>();
  return {
    kind: 'mongodb',
    describe,
    collection<T extends Doc>(shape: Shape<T>): Collection<T> {
      let collection = collections.get(shape.name) as Documents<T> | undefined;
      if (!collection) {
        collection = new Documents(mongoose, connection, shape);
        collections.set(shape.name, collection as never);
      }
      return collection;
    },
    hold: () => true,
    close: () => connection.close(),
  };
};

/** A stand-in for MongoDB says its own version in the build info; only the real server is called MongoDB. */
const serverOf = ({ version, secantusVersion }: Record<string, unknown>): string =>
  secantusVersion === undefined ? `MongoDB ${version}` : `SecantusDB ${secantusVersion}`;

const nameless = (error: unknown): Error => new Error((error as Error)?.name ?? 'unknown');
