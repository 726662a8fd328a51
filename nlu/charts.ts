import type { Evaluation } from './evaluate';

/** Best-intent accuracy of a model that was trained on a share of the phrases. */
export interface LearningPoint {
  share: number;
  phrases: number;
  accented: number;
  stripped: number;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const text = (x: number, y: number, said: string, more = '') =>
  `<text x="${x}" y="${y}" font-size="11" ${more}>${escaped(said)}</text>`;
const page = (width: number, height: number, title: string, body: string[]) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" role="img" aria-label="${escaped(title)}"><rect width="${width}" height="${height}" fill="#fff"/>${text(16, 22, title, 'font-weight="bold"')}${body.join('')}</svg>\n`;

const SIDE = 320;
const LEFT = 60;
const TOP = 40;
const at = (share: number) => LEFT + share * SIDE;
const up = (share: number, low = 0) => TOP + SIDE - ((share - low) / (1 - low)) * SIDE;

const frame = (x: string, low = 0): string[] => [
  `<rect x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#999"/>`,
  ...[0, 0.25, 0.5, 0.75, 1].flatMap((step) => {
    const share = low + (1 - low) * step;
    return [
      `<line x1="${LEFT}" x2="${LEFT + SIDE}" y1="${up(share, low)}" y2="${up(share, low)}" stroke="#eee"/>`,
      text(LEFT - 8, up(share, low) + 4, `${Math.round(share * 100)} %`, 'text-anchor="end"'),
    ];
  }),
  text(LEFT + SIDE / 2, TOP + SIDE + 36, x, 'text-anchor="middle"'),
];

const BINS = 10;

/** How often an answer of a given sureness is right: on the diagonal when the sureness is honest. */
export const calibrationChart = ({ answers }: Pick<Evaluation, 'answers'>): string => {
  const bins = Array.from({ length: BINS }, () => ({ of: 0, right: 0, sureness: 0 }));
  for (const { wanted, got, sureness } of answers) {
    const bin = bins[Math.min(BINS - 1, Math.floor(sureness * BINS))]!;
    bin.of++;
    bin.sureness += sureness;
    if (wanted === got) bin.right++;
  }
  const drawn = bins.filter(({ of }) => of > 0);
  const off = drawn.reduce((sum, b) => sum + Math.abs(b.sureness - b.right), 0) / (answers.length || 1);
  const points = drawn.map((b) => ({ x: at(b.sureness / b.of), y: up(b.right / b.of), of: b.of }));
  return page(420, 420, `Sureness against how often it is right (mean gap ${(100 * off).toFixed(1)} points)`, [
    ...frame('sureness'),
    ...[0, 0.5, 1].map((share) => text(at(share), TOP + SIDE + 16, `${share * 100} %`, 'text-anchor="middle"')),
    `<line x1="${at(0)}" y1="${up(0)}" x2="${at(1)}" y2="${up(1)}" stroke="#bbb" stroke-dasharray="4"/>`,
    `<polyline fill="none" stroke="#06c" points="${points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}"/>`,
    ...points.map(
      ({ x, y, of }) =>
        `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${(2 + Math.sqrt(of) / 6).toFixed(1)}" fill="#06c"><title>${of} answers</title></circle>`,
    ),
  ]);
};

/** What is answered (columns) where what is wanted (rows); the darker, the more often. */
export const confusionChart = ({ answers }: Pick<Evaluation, 'answers'>): string => {
  const names = [...new Set(answers.flatMap(({ wanted, got }) => [wanted, got]))].sort();
  const index = new Map(names.map((name, i) => [name, i]));
  const counts = names.map(() => names.map(() => 0));
  for (const { wanted, got } of answers) counts[index.get(wanted)!]![index.get(got)!]!++;
  const cell = 14;
  const [left, top] = [170, 180];
  const body = names.flatMap((name, row) => [
    text(left - 6, top + row * cell + 11, name, 'text-anchor="end"'),
    text(0, 0, name, `transform="translate(${left + row * cell + 11} ${top - 6}) rotate(-90)"`),
    ...counts[row]!.flatMap((count, column) => {
      if (count === 0) return [];
      const share = count / counts[row]!.reduce((sum, n) => sum + n, 0);
      const color = row === column ? '6,120,60' : '200,30,30';
      const seen = row === column ? share : 0.25 + 0.75 * share;
      return [
        `<rect x="${left + column * cell}" y="${top + row * cell}" width="${cell - 1}" height="${cell - 1}" fill="rgba(${color},${seen.toFixed(2)})"><title>${escaped(name)} → ${escaped(names[column]!)}: ${count}</title></rect>`,
      ];
    }),
  ]);
  const side = names.length * cell;
  return page(left + side + 20, top + side + 20, 'What was wanted (rows) and what was understood (columns)', body);
};

/** Accuracy by how much of the training phrases were used: still rising means that more phrases would help. */
export const learningChart = (points: readonly LearningPoint[]): string => {
  const low = Math.max(
    0,
    Math.floor(Math.min(...points.map(({ stripped, accented }) => Math.min(stripped, accented))) * 10) / 10 - 0.1,
  );
  const line = (kind: 'accented' | 'stripped', color: string, row: number) => [
    `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points.map((p) => `${at(p.share).toFixed(1)},${up(p[kind], low).toFixed(1)}`).join(' ')}"/>`,
    ...points.map(
      (p) =>
        `<circle cx="${at(p.share).toFixed(1)}" cy="${up(p[kind], low).toFixed(1)}" r="3" fill="${color}"><title>${kind}: ${(100 * p[kind]).toFixed(1)} % with ${p.phrases} phrases</title></circle>`,
    ),
    text(at(1) - 6, TOP + SIDE - 24 + row * 14, kind, `text-anchor="end" fill="${color}"`),
  ];
  return page(420, 420, 'Accuracy by number of training phrases', [
    ...frame('training phrases', low),
    ...points.map((p) => text(at(p.share), TOP + SIDE + 16, String(p.phrases), 'text-anchor="middle"')),
    ...line('accented', '#06c', 0),
    ...line('stripped', '#c60', 1),
  ]);
};

/** The charts of an evaluation as SVG, by file name. */
export const charts = (evaluation: Evaluation, learning: readonly LearningPoint[] = []): Record<string, string> => ({
  'calibration.svg': calibrationChart(evaluation),
  'confusion.svg': confusionChart(evaluation),
  ...(learning.length > 0 && { 'learning.svg': learningChart(learning) }),
});
