import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundle, keepCompiled } from '../scripts/bundle.mjs';
import { builds, onceARun, ROOT } from './run';

/** A script of the tests, bundled from the sources as they are now. */
export const bundledScript = async (file: string): Promise<string> => {
  const name = basename(file, '.ts');
  await bundle(ROOT, { [name]: file }, builds());
  return join(builds(), `${name}.js`);
};

/** Bundles the server from the sources as they are now, so that processes under test never run a stale build. */
export const bundled = (): Promise<{ cli: string; stopping: string }> =>
  onceARun('bundle', async () => {
    await bundle(ROOT, { cli: 'app/cli.ts', stopping: 'test/kills/stopping.ts' }, builds());
    const scripts = { cli: join(builds(), 'cli.js'), stopping: join(builds(), 'stopping.js') };
    for (const script of Object.values(scripts)) {
      const { dir, remove } = scratch();
      await keepCompiled(script, dir).finally(remove);
    }
    return scripts;
  });

export const scratch = (): { dir: string; remove(): void } => {
  const dir = mkdtempSync(join(tmpdir(), 'domdom-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

export interface ServerProcess {
  address: string;
  child: ChildProcess;
  /** resolves when the process has ended, however it did */
  ended: Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts `domdom serve` (or another script that prints the address in the same way) and resolves when it says where it listens. */
export const startServer = async (script: string, env: Record<string, string>): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [script, 'serve'], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'error', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr!.on('data', (chunk) => {
    errors = (errors + chunk).slice(-4000);
  });
  const ended = once(child, 'exit').then(() => {});
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = /http:\/\/\S+/.exec(line)?.[0];
      if (found) resolve(found);
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`the server ended (${code ?? signal}) before it listened: ${errors}`)),
    );
  });
  return {
    address: address.replace('localhost', '127.0.0.1'),
    child,
    ended,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await ended;
    },
  };
};

/** Asks again until the answer is there; fails with the last reason after the deadline. */
export const eventually = async <T>(what: () => Promise<T | undefined>, deadlineMs = 20_000): Promise<T> => {
  const until = Date.now() + deadlineMs;
  let reason: unknown = 'nothing yet';
  for (;;) {
    try {
      const found = await what();
      if (found !== undefined) return found;
    } catch (error) {
      reason = error;
    }
    if (Date.now() > until) throw new Error(`did not happen within ${deadlineMs} ms: ${String(reason)}`);
    await new Promise((next) => setTimeout(next, 20));
  }
};

export const isReady = async (address: string): Promise<true> =>
  eventually(async () => ((await fetch(`${address}/readyz`)).ok ? true : undefined), 60_000);
