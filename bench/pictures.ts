import { join } from 'node:path';
import { draw } from '../pictures';
import { figures } from '../test/pictures/figures';

const ROUNDS = 30;
const fonts = ['400', '600'].map((weight) => join(__dirname, `../dist/web/assets/fonts/be-vietnam-pro-${weight}.ttf`));

for (const [name, figure] of Object.entries(figures)) {
  const begun = performance.now();
  draw(figure, fonts);
  const first = (performance.now() - begun).toFixed(1);
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    draw(figure, fonts);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const [median, worst] = [times[ROUNDS / 2]!, times.at(-1)!].map((ms) => ms.toFixed(1));
  console.log(
    `${name.padEnd(10)} ${(draw(figure, fonts).length / 1000).toFixed(1)} kB, first of the process ${first} ms, then median ${median} ms, worst ${worst} ms`,
  );
}
