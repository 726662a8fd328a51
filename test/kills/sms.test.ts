import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openEmbedded, openMongo, storesOf } from '../../data';
import { FakeEsms, FakeVcom } from '../fakes/sms-http';
import { bundled, eventually, isReady, type ServerProcess, scratch, startServer } from '../processes';
import { ENGINES, type Store } from './engines';

const run = promisify(execFile);
const ASKED = 'NTD PP05000974006';
/** of ENGINES' MongoDB */
const LEASE_MS = 1000;
const STEPS = [4, 8, 9, 10, 11, 12];

let scripts: Awaited<ReturnType<typeof bundled>>;
let esms: FakeEsms;
let vcom: FakeVcom;
beforeAll(async () => {
  scripts = await bundled();
  [esms, vcom] = await Promise.all([new FakeEsms().open(), new FakeVcom().open()]);
});
afterAll(() => Promise.all([esms.close(), vcom.close()]));

const settings = () => ({
  SMS_ESMS_PRIVATE_KEY: esms.keys.privateKey,
  SMS_ESMS_API_KEY: esms.keys.apiKey,
  SMS_ESMS_SECRET_KEY: esms.keys.secretKey,
  SMS_ESMS_BRANDNAME: 'EVNCPC',
  SMS_ESMS_API_BASE: esms.address,
  SMS_VCOM_CLIENT_ID: vcom.keys.client,
  SMS_VCOM_SECURE_KEY: vcom.keys.secureKey,
  SMS_VCOM_API_BASE: vcom.address,
});

interface Case {
  by: 'eSMS' | 'V-COM';
  step: number;
  phone: string;
}

interface Parked {
  id: string;
  channel: string;
  to: string;
  why: string;
}

describe.each(ENGINES.map(({ name, fresh }) => [name, fresh] as const))('a paid SMS, killed on %s', (name, fresh) => {
  let store: Store | undefined;
  const { dir, remove } = scratch();
  const stop = join(dir, 'stop');
  let server: ServerProcess | undefined;
  beforeAll(async () => {
    const made = await fresh();
    store = made && { ...made, env: { ...made.env, ...settings(), STOP_FILE: stop } };
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    store?.remove();
    remove();
  });

  const start = async () => {
    rmSync(stop, { force: true });
    server = await startServer(scripts.stopping, store!.env);
    await isReady(server.address);
    esms.house = server.address;
    vcom.house = server.address;
  };
  const unsure = async (...given: string[]): Promise<Parked[]> => {
    const env = { PATH: process.env.PATH ?? '', LOG_LEVEL: 'error', ...store!.env };
    const { stdout } = await run(process.execPath, [scripts.cli, 'store', 'unsure', '--json', ...given], { env });
    expect(stdout).not.toContain('84912');
    return JSON.parse(stdout);
  };

  // each boot takes over what the one before it left, then is killed in its turn
  test('right after each step: one reply at most; what may have left is parked and shown, and a person decides', async () => {
    if (!store) return console.warn(`not exercised, there is no server: ${name}`);
    const { MONGODB_URI: uri, DATA_DIR } = store.env;
    const engine = await (uri ? openMongo({ uri }) : openEmbedded({ dir: DATA_DIR! }));
    const { outbox } = storesOf(engine, 'sample');
    const cases = STEPS.flatMap((step): Case[] => [
      { by: 'eSMS', step, phone: `${uri ? 849121 : 849122}000${step + 10}` },
      { by: 'V-COM', step, phone: `${uri ? 849121 : 849122}000${step + 30}` },
    ]);
    const shown = ({ by, phone }: Case) => (by === 'eSMS' ? esms : vcom).shown(phone).length;
    const parked = async () => (await outbox.byState('unsure', 100)).map(({ address }) => address.person);

    await start();
    for (const one of cases) {
      const { by, step, phone } = one;
      const ask = () =>
        by === 'eSMS'
          ? esms.mo({ sender: phone, content: ASKED, smsid: `S-${phone}` })
          : vcom.mo({ phone, message: ASKED, request: `R-${phone}` });
      writeFileSync(stop, String(step));
      const asked = ask().catch(() => undefined);
      await server!.ended;
      const over = Date.now() + LEASE_MS;
      await asked;
      // where a lease ends by time alone, the next boot finds it over at its first look
      if (uri) await eventually(async () => (Date.now() > over ? true : undefined));
      await start();
      await ask();
      await eventually(async () => (shown(one) > 0 || (await parked()).includes(phone) ? true : undefined));
      await ask();
      // the repeated request too is over, so that the next stop meets its own message
      await eventually(async () => ((await outbox.byState('claimed', 1)).length === 0 ? true : undefined));
    }
    await server!.kill('SIGTERM');
    expect(server!.child.exitCode).toBe(0);

    const rows = await parked();
    const outcome = cases.map(({ by, step, phone }) => `${by} ${step}: ${rows.includes(phone) ? 'parked' : 'sent'}`);
    // a repeated request may be answered in the moment in which its row is parked: nothing is sent twice, a person sees one row too many
    const certain = outcome.filter((one) => one.endsWith('parked') && one !== 'eSMS 10: parked');
    expect(certain).toEqual(['V-COM 10: parked', 'V-COM 11: parked']);
    for (const one of cases) expect([one, shown(one)]).toEqual([one, one.by === 'V-COM' && one.step === 10 ? 0 : 1]);

    let listed = await unsure();
    expect(listed).toHaveLength(rows.length);
    for (const { to, channel, why } of listed)
      expect([to, channel, why]).toEqual([expect.stringMatching(/^\*+\d{3}$/), 'sms', expect.any(String)]);
    for (const { id, to } of listed) {
      const one = cases.find(({ phone }) => phone.endsWith(to.slice(-3)))!;
      listed = await unsure(shown(one) > 0 ? '--arrived' : '--resend', id);
    }
    expect(listed).toEqual([]);
    await start();
    await eventually(async () => (cases.every((one) => shown(one) > 0) ? true : undefined));
    await server!.kill('SIGTERM');
    expect(cases.map(shown)).toEqual(cases.map(() => 1));
    expect(await parked()).toEqual([]);
    await engine.close();
  }, 240_000);
});
