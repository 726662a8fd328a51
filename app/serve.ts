import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DomdomError } from '../core/errors';
import { registerCampaigns } from './campaign-pages';
import { type Definitions, loadCampaigns } from './campaigns';
import { openChannels } from './channels';
import { gatewayOf } from './gateway';
import { registerHooks } from './hooks';
import { makeHouse } from './house';
import { makeHttp } from './http';
import { knowledgeAfterwards } from './knowledge';
import { startListening } from './listen';
import { type Log, makeLog } from './logger';
import { openStores, sendsOf } from './open';
import { registerPictures, turnPictures } from './pictures';
import { isUnfilled, loadSampleNow } from './sample';
import type { Settings } from './settings';
import { storeCheck } from './store-check';
import { watchUnderstanding } from './understanding';
import { registerWeb } from './web';
import type { Workbench } from './workbench';

const SWEEP_MS = 5_000;
const GRACE_MS = 10_000;

export interface Served {
  address: string;
  stop(): Promise<void>;
}

/** The server: listens at once, fills an empty sample store behind /readyz, then answers. */
export const serve = async (settings: Settings, after?: Workbench['after']): Promise<Served> => {
  const log = makeLog(settings);
  const { knowledge, load: loadKnowledge } = knowledgeAfterwards();
  const campaigns: Definitions = { all: [], law: [] };
  const opening = openStores(settings, 'serve');
  const [opened, model] = await Promise.all([
    opening,
    watchUnderstanding(
      log,
      opening.then(({ utility }) => utility),
      settings.NLU_MODEL,
    ),
  ]);
  const { stores, utility } = opened;
  const empty = await isUnfilled(opened);
  let ready = false;
  const gateway = await gatewayOf(settings, opened, log);
  const picture = turnPictures(opened);
  const channels = openChannels(settings, opened, log, undefined, picture);
  const sends = sendsOf(settings, opened);
  const house = makeHouse({
    opened,
    ...(gateway && { gateway }),
    channels,
    understand: model.understand,
    knowledge,
    campaigns,
    sends,
    log,
    settings,
    ...(after && { after }),
  });
  const http = makeHttp({ settings, log, ready: () => ready, keeps: storeCheck(stores, log) });
  const hearing = { channels: Object.values(channels), accept: house.accept, log };
  await registerHooks(http, { ...hearing, synchronous: house.synchronous, ready: () => ready });
  registerPictures(http, picture);
  await registerCampaigns(http, { campaigns, opened, folder: join(settings.DATA_DIR, 'campaigns') });
  await registerWeb(http, { house, opened, settings, ready: () => ready, random: randomBytes, log });

  const address = await http
    .listen({ host: settings.HOST, port: settings.PORT })
    .catch((error: NodeJS.ErrnoException) => {
      throw new DomdomError('BAD_SETTING', `HOST and PORT: the address cannot be listened on (${error.code}).`);
    });
  let unwatch = () => {};
  let unlisten = async () => {};
  let stopping: Promise<void> | undefined;
  const loading = new AbortController();
  let loaded: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      const late = setTimeout(() => process.exit(1), GRACE_MS);
      late.unref();
      unwatch();
      model.stop();
      loading.abort();
      await Promise.all([unlisten(), http.close(), loaded?.catch(() => {})]);
      await house.worker.idle(true);
      sends.close();
      await opened.close();
      clearTimeout(late);
      log.info('stopped');
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

  const shown = settings.PUBLIC_URL ?? address.replace('127.0.0.1', 'localhost');
  process.stdout.write(`${utility.name}: ${shown}\n`);
  log.info({ engine: stores.describe, utility: utility.id, address }, 'listening');

  const begin = async () => {
    const loadDefinitions = async () => Object.assign(campaigns, await loadCampaigns());
    if (empty) loaded = loadSampleApart(log, loading.signal);
    await Promise.all([loaded, loadKnowledge(), loadDefinitions()]);
    if (stopping) return;
    unwatch = await house.watch(SWEEP_MS);
    ready = true;
    const off = await startListening(hearing);
    if (stopping) return off();
    unlisten = off;
    log.info('ready');
    if (utility.sample && !empty) await loadSampleNow(opened);
  };
  begin().catch((error) => {
    // the store was closed under it
    if (stopping) return;
    log.fatal({ err: error }, 'what answers need could not be loaded');
    process.exitCode = 1;
    void stop();
  });
  return { address, stop };
};

/** In a process of its own, so that the server keeps answering; it writes in short batches, and stops between two of them. */
const loadSampleApart = (log: Log, stopped: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    log.info('loading the sample utility');
    const child = spawn(process.execPath, [join(__dirname, 'cli.js'), 'sample', '--quiet'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const end = () => child.kill();
    process.once('exit', end);
    stopped.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('exit', end);
      if (code === 0 || stopped.aborted) resolve();
      else reject(new Error(`loading the sample ended with ${code}`));
    });
  });
