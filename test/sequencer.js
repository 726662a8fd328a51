const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take long, longest first: started last, one of them would keep a single worker busy at the end. */
const LONG = [
  'kills/kills',
  'kills/sms',
  'browser/widget',
  'bots/zalo-processes',
  'data/mongo',
  'app/walk',
  'browser/server',
  'app/chat',
  'import/command',
];

const rank = ({ path }) => {
  const found = LONG.findIndex((name) => path.endsWith(`test/${name}.test.ts`));
  return found < 0 ? LONG.length : found;
};

module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
