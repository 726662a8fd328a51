import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * A real Chromium: the one named by CHROMIUM, else the one that comes inside an npm package. The package unpacks the libraries a bare
 * machine lacks only when it believes to be on Lambda, and only when its binary is not there yet.
 * @throws when none can be launched, with the reason: browser tests are never skipped silently.
 */
export const launch = async (): Promise<Browser> => {
  const own = process.env.CHROMIUM;
  if (own) return playwright.launch({ executablePath: own, args: ['--no-sandbox'] });
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const unpacked = join(tmpdir(), 'chromium');
  if (existsSync(unpacked) && !existsSync(join(tmpdir(), 'al2023'))) rmSync(unpacked, { force: true });
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  // The package's own flags switch off web security and process isolation, which is what we test under.
  return playwright.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  });
};
