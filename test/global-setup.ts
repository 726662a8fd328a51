import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the files of one run share (test/mongo.ts). Nothing is started before a test asks for it. */
export default (): void => {
  process.env.DOMDOM_TEST_RUN = mkdtempSync(join(tmpdir(), 'domdom-test-'));
  process.env.DOMDOM_TEST_OWNER = String(process.pid);
};
