import { dirname, join } from 'node:path';

const FOLDER = dirname(require.resolve('@expo-google-fonts/be-vietnam-pro/package.json'));

/** As `scripts/build-assets.mjs` copies them. */
export const FONTS = ['400Regular/BeVietnamPro_400Regular.ttf', '600SemiBold/BeVietnamPro_600SemiBold.ttf'].map(
  (file) => join(FOLDER, file),
);
