import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DirectLineOptions, pages } from '../../bots/web';
import { type memoryBot, startHarness } from '../bots/web-harness';

export const ROOT = join(__dirname, '../..');
export const SCREENSHOTS = join(ROOT, 'var/screenshots');
const FOLDER = join(ROOT, `var/browser-${process.pid}`);

export const buildAssets = () =>
  execFileSync(process.execPath, [join(ROOT, 'scripts/build-assets.mjs'), FOLDER], { stdio: 'inherit' });
export const removeAssets = () => rmSync(FOLDER, { recursive: true, force: true });

export const customers = [
  { code: 'PP01000000101', note: 'Căn hộ ở Hải Châu, nóng nên dùng nhiều hơn', amount: 742_150, month: '11/2026' },
  { code: 'PP05000974006', note: 'Nhà ở Liên Chiểu, còn nợ một kỳ', amount: 500_550, month: '11/2026' },
  { code: 'PC05020001234', note: 'Quán cà phê ở Hội An, ba pha', amount: 3_186_400, month: '11/2026' },
];

/** The harness with widget and demo page on it. */
export const startSite = (options: Partial<DirectLineOptions> & { bot?: ReturnType<typeof memoryBot> } = {}) =>
  startHarness({
    ...options,
    more: async (app) =>
      app.register(
        pages({
          folder: FOLDER,
          allowedOrigins: options.allowedOrigins ?? [],
          utilityName: 'Điện lực miền Trung (dữ liệu mẫu)',
          customers: async () => customers,
        }),
      ),
  });
