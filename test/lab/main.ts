/** `npm run lab`: one conversation on five phones, every platform a fake. PORT: where the page listens (default 3999). */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../data/package-root';
import { bundled } from '../processes';
import { startLab } from './lab';

const main = async (): Promise<void> => {
  execFileSync(process.execPath, [join(packageRoot(), 'scripts/build-assets.mjs')], { stdio: 'inherit' });
  const { cli } = await bundled();
  const lab = await startLab({ cli, port: Number(process.env.PORT ?? 3999) });
  process.stdout.write(`The lab: ${lab.address}   (the server: ${lab.house}; Ctrl+C ends both)\n`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void lab.stop().then(() => {
        rmSync(dirname(cli), { recursive: true, force: true });
        process.exit(0);
      });
    });
};

void main();
