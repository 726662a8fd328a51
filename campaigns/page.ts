import type { Campaign } from '../core/campaign';
import { type Day, showDay } from '../core/time';
import { TABLE_COLUMNS } from './published';

const escaped = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export interface Page {
  campaign: Campaign;
  utility: string;
  /** the day of publication and the masked rows; absent before */
  published?: { on: Day; rows: readonly string[][]; publicNumber?: string; files: readonly string[] };
  /** hashes that were promised so far, by name of file */
  hashes: readonly { what: string; hash: string }[];
}

const MOST_ROWS = 2000;
export const NO_FEE_SENTENCE =
  'Nhận quà không mất phí. Điện lực không bao giờ hỏi mã OTP, mật khẩu hay yêu cầu chuyển tiền để trao quà.';

const period = ({ period: { from, to, doubtful } }: Campaign): string =>
  doubtful ? `năm ${from.slice(0, 4)}` : `từ ${showDay(from)}${to ? ` đến hết ${showDay(to)}` : ''}`;

const table = (rows: readonly string[][]): string => {
  const head = TABLE_COLUMNS.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const body = rows
    .slice(0, MOST_ROWS)
    .map(
      (row) =>
        `<tr>${row
          .map((cell, n) =>
            n === 0
              ? `<th scope="row" data-label="${escaped(TABLE_COLUMNS[n]!)}">${escaped(cell)}</th>`
              : `<td data-label="${escaped(TABLE_COLUMNS[n]!)}">${escaped(cell)}</td>`,
          )
          .join('')}</tr>`,
    )
    .join('\n');
  const more =
    rows.length > MOST_ROWS ? `<p>Bảng đầy đủ ${rows.length} dòng nằm trong tệp <code>table.csv</code>.</p>` : '';
  return `<table><caption>Danh sách trúng thưởng (${rows.length})</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>${more}`;
};

/** The public page of a campaign: what it is, its rules, and once they are published its winners and the files to check the draw. */
export const pageOf = ({ campaign, utility, published, hashes }: Page): string => {
  const { id, name, organiser, territory, about, how, rules, sample, registration } = campaign;
  const result = published
    ? `<section aria-labelledby="winners"><h2 id="winners">Kết quả, công bố ngày ${showDay(published.on)}</h2>
<p class="warning">${NO_FEE_SENTENCE}</p>
${published.publicNumber ? `<p>Số công khai: <strong>${escaped(published.publicNumber)}</strong></p>` : ''}
<p><a href="/campaigns/${id}/winners.png">Xem dạng hình</a></p>
${table(published.rows)}
</section>
<section aria-labelledby="check"><h2 id="check">Tự kiểm tra lại</h2>
<p>Tải các tệp sau vào một thư mục rồi chạy <code>python3 verify_draw.py .</code></p>
<ul>${published.files.map((file) => `<li><a href="/campaigns/${id}/files/${file}">${file}</a></li>`).join('')}</ul></section>`
    : `<section aria-labelledby="winners"><h2 id="winners">Kết quả</h2><p>Chưa công bố.</p><p class="warning">${NO_FEE_SENTENCE}</p></section>`;
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name)} – ${escaped(utility)}</title>
<link rel="stylesheet" href="/assets/fonts.css">
<link rel="stylesheet" href="/campaigns/style.css">
</head>
<body>
<main>
<h1>${escaped(name)}</h1>
${sample ? '<p class="sample">Chương trình mẫu, không có thật.</p>' : ''}
<p>${escaped(organiser)}, ${period(campaign)}, dành cho ${escaped(territory.words)}.</p>
<p>${escaped(about[0]!.toUpperCase() + about.slice(1))}. Cách chọn: ${escaped(how)}.</p>
${registration ? `<p>Đăng ký khuyến mại: ${escaped(registration)}</p>` : ''}
${result}
<section aria-labelledby="rules"><h2 id="rules">Thể lệ</h2><ol>${rules.map((rule) => `<li>${escaped(rule)}</li>`).join('')}</ol></section>
${hashes.length ? `<section aria-labelledby="hashes"><h2 id="hashes">Đã cam kết trước</h2><dl>${hashes.map(({ what, hash }) => `<dt>${escaped(what)}</dt><dd><code>${escaped(hash)}</code></dd>`).join('')}</dl></section>` : ''}
</main>
</body>
</html>
`;
};

export const STYLE = `:root{--text:#1d2433;--quiet:#5a6272;--edge:#d5d1c7;--ground:#fffdf8;--warn:#8a1c12}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 "Be Vietnam Pro",system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:1.7rem;line-height:1.25;margin:.2em 0}h2{font-size:1.2rem;margin:1.8em 0 .5em}
a{color:#1f5c94}a:focus-visible{outline:3px solid #1f5c94;outline-offset:2px}
.warning{border-left:4px solid var(--warn);padding:.4em .8em;background:#fdf0ee;color:#5e120b}
.sample{display:inline-block;background:#fff3cd;color:#5c4400;padding:.1em .6em;border-radius:4px}
code,dd{overflow-wrap:anywhere}dd{margin:0 0 .6em}
table{border-collapse:collapse;width:100%;font-size:.93rem}
caption{text-align:left;font-weight:600;padding:.4em 0}
th,td{border-bottom:1px solid var(--edge);padding:.45em .6em;text-align:left;vertical-align:top}
thead th{border-bottom:2px solid var(--text);font-weight:600}
@media (max-width:640px){
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,caption,tbody,tr,th[scope=row],td{display:block}
tr{border:1px solid var(--edge);border-radius:8px;margin:0 0 .8em;padding:.3em .2em}
th[scope=row],td{border:0;display:grid;grid-template-columns:42% 1fr;gap:.6em;padding:.25em .6em;font-weight:400}
th[scope=row]::before,td::before{content:attr(data-label);color:var(--quiet)}
}
`;

const WIDTHS = [70, 210, 130, 120, 90, 100, 140];
const WIDTH = WIDTHS.reduce((sum, n) => sum + n, 0) + 40;
const ROW = 26;
const SHORT = ['Thứ tự', 'Họ và tên', 'Mã khách hàng', 'Số điện thoại', 'Địa chỉ', 'Đơn vị', 'Giải thưởng'];

/** The masked table as a picture (SVG), to be shared where no link is opened; at most so many rows. */
export const pictureOf = ({ campaign, utility, published }: Page, mostRows = 40): string => {
  const rows = published?.rows.slice(0, mostRows) ?? [];
  const rest = (published?.rows.length ?? 0) - rows.length;
  const height = 150 + rows.length * ROW + (rest > 0 ? ROW : 0);
  const text = (x: number, y: number, said: string, more = '') =>
    `<text x="${x}" y="${y}" ${more}>${escaped(said)}</text>`;
  const cells = (row: readonly string[], y: number, more = '') => {
    let x = 20;
    return row
      .map((cell, n) => {
        const most = Math.floor(WIDTHS[n]! / 7.4);
        const said = text(x, y, cell.length > most ? `${cell.slice(0, most - 1)}…` : cell, more);
        x += WIDTHS[n]!;
        return said;
      })
      .join('');
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Be Vietnam Pro" font-size="13" fill="#1d2433"><rect width="${WIDTH}" height="${height}" fill="#fffdf8"/>
${text(20, 34, campaign.name, 'font-size="20" font-weight="600"')}
${text(20, 56, `${utility}${published ? `, công bố ngày ${showDay(published.on)}` : ''}${campaign.sample ? ' – chương trình mẫu, không có thật' : ''}`, 'fill="#5a6272"')}
${cells(SHORT, 88, 'font-weight="600"')}<rect x="20" y="96" width="${WIDTH - 40}" height="1" fill="#1d2433"/>
${rows.map((row, n) => cells(row, 118 + n * ROW)).join('\n')}
${rest > 0 ? text(20, 118 + rows.length * ROW, `… và ${rest} khách hàng nữa, xem bảng đầy đủ trên trang.`, 'fill="#5a6272"') : ''}
${text(20, height - 14, NO_FEE_SENTENCE, 'fill="#8a1c12"')}</svg>`;
};
