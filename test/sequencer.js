const { default: Sequencer } = require('@jest/test-sequencer');

/** Those that take longest come first, lest one keeps a single worker busy at the end; those that kill servers on MongoDB stay apart. */
const LONG = [
  ...['kills/kills', 'browser/widget', 'app/walk', 'campaigns/replay-2017', 'bots/botframework', 'campaigns/fairness'],
  ...[
    'app/chat',
    'kills/channels',
    'bots/zalo-processes',
    'data/mongo',
    'browser/server',
    'kills/chat',
    'import/command',
  ],
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
