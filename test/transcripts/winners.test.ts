import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campaignOf, loadCampaigns } from '../../app/campaigns';
import { closeCampaign, type Drawers, drawCampaign, openCampaign, publishCampaign } from '../../app/draws';
import { tellWinners } from '../../app/telling';
import type { Address } from '../../core/channel';
import { openHouse } from './house';
import { readScripts, type Script } from './runner';
import { differences } from './went';

/** A campaign from its first ticket, taken in a conversation, to its winners, who hear of it. */

const CAMPAIGN = 'mau-2026-lien-he';
const DURING = `# Phiếu 1: hỏi hóa đơn trên Telegram
@ telegram · 2026-12-05 09:00
> mã PP01000123456 tháng 3/2026 hết bao nhiêu tiền
< …

# Phiếu 2: hỏi nợ trên trang web
@ web · 2026-12-05 10:00
> mã PC05020234567 còn nợ không
< …

# Phiếu 3: hỏi kết quả khi chưa có, không nói mã
@ web · 2026-12-06 09:00
> em có trúng chương trình liên hệ là có quà không
< Dạ chương trình Liên hệ là có quà còn đang diễn ra (đến hết 31/12/2026) nên chưa có kết quả ạ…không bao giờ thu phí…

# Phiếu 4: qua tin nhắn
@ sms · 2026-12-07 09:00
> NTD PC03020345678
< …
`;
const AFTER = `# Hỏi kết quả, có mã trong danh sách
@ web · 2027-01-12 09:00
> kết quả chương trình liên hệ là có quà, mã PP01000123456 có trúng không
< Dạ kết quả Liên hệ là có quà đã công bố ngày 12/01/2027: 3 khách hàng trúng. Bảng kết quả và cách kiểm tra lại: /campaigns/mau-2026-lien-he Mã PP01000123456 có trong danh sách trúng: bộ quà tri ân. Anh/chị nhận quà tại đội quản lý điện nơi dùng điện, hoặc được trao tận nhà. Điện lực không bao giờ thu phí, không hỏi mã OTP hay mật khẩu để trao quà.

# Hỏi kết quả, chưa nói mã, không dấu
@ web · 2027-01-12 09:10
> em co trung thuong lien he la co qua khong
< Dạ kết quả Liên hệ là có quà đã công bố ngày 12/01/2027…Anh/chị cho em xin mã khách hàng…
> PP04000890123
< …Mã PP04000890123 không có trong danh sách trúng ạ.

# Nhận quà thế nào
@ web · 2027-01-12 09:20
> nhận quà chương trình liên hệ là có quà ở đâu
< Dạ người trúng Liên hệ là có quà nhận quà tại đội quản lý điện…Hạn nhận: hết ngày 11/02/2027…không bao giờ thu phí…

# Người trúng bị gọi đòi phí
@ web · 2027-01-12 09:30
> em trúng liên hệ là có quà mà có người gọi đòi đóng phí 200k mới trao, có thật không
< Dạ anh/chị cẩn thận giúp em. Điện lực không bao giờ thu phí, không hỏi mã OTP hay mật khẩu để trao quà…
`;

let house: Awaited<ReturnType<typeof openHouse>>;
const folder = mkdtempSync(join(tmpdir(), 'domdom-winners-'));
beforeAll(async () => {
  house = await openHouse();
}, 120_000);
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const wrongIn = async (script: Script): Promise<string[]> => {
  const conversation = house.conversationOf(script);
  const wrong: string[] = [];
  for (const step of script.steps)
    if (step.kind === 'heard') wrong.push(...differences(step.expected, await conversation.hear(step.pieces)));
  return wrong;
};

test('tickets come of conversations; who has won hears so on two channels, and in answer to a question', async () => {
  const { stores, utility, channels } = house;
  const definitions = await loadCampaigns();
  const found = campaignOf(definitions, CAMPAIGN);
  const campaign = { ...found, selection: { ...found.selection, step: 2 } as typeof found.selection };
  const customer = (await stores.records.customer('PP01000123456'))!;
  await stores.writer.put('customers', [{ ...customer, phone: '0912345678' }]);
  let now = new Date('2026-12-01T01:00:00Z');
  const at = (instant: string) => {
    now = new Date(instant);
    house.at(now);
  };
  const drawers: Drawers = {
    stores,
    folder,
    now: () => now,
    seed: () => 'a'.repeat(64),
    hash: (text) => createHash('sha256').update(text).digest('base64url').slice(0, 22),
  };
  await openCampaign(drawers, campaign);
  for (const script of readScripts('winners-during', DURING)) expect(await wrongIn(script)).toEqual([]);
  const tickets = await stores.tickets.after(CAMPAIGN, 0, 10);
  expect(tickets.map(({ number, channel, want, customer: code }) => [number, channel, want, code])).toEqual([
    [1, 'telegram', 'bill.lookup', 'PP01000123456'],
    [2, 'web', 'debt.lookup', 'PC05020234567'],
    [3, 'web', 'campaign.result', undefined],
    [4, 'sms', 'debt.lookup', 'PC03020345678'],
  ]);

  at('2027-01-12T01:00:00Z');
  await closeCampaign(drawers, campaign);
  await drawCampaign(drawers, campaign);
  await publishCampaign(drawers, campaign, join(__dirname, '../../scripts/verify_draw.py'));
  for (const script of readScripts('winners-after', AFTER)) expect(await wrongIn(script)).toEqual([]);

  at('2027-01-12T03:00:00Z');
  const publicUrl = (path: string) => `https://cskh.example${path}`;
  const tellers = { stores, utility, law: definitions.law, channels, now: () => now, publicUrl };
  const tell = () => tellWinners(tellers, campaign, now.toISOString());
  const sent: [Address, unknown][] = [];
  for (const channel of Object.values(channels))
    channel.send = async (address, wire) => {
      sent.push([address, wire]);
      return { is: 'accepted' };
    };
  expect(await tell()).toEqual({ told: [], underWay: [1, 3], unreached: [2] });
  expect(await tell()).toEqual({ told: [], underWay: [1, 3], unreached: [2] });
  await house.sweep();
  await house.sweep();
  expect(sent.map(([{ channel, person }]) => `${channel} ${person}`).sort()).toEqual([
    'sms 84912345678',
    expect.stringMatching(/^sms winners-during:/),
    expect.stringMatching(/^telegram winners-during:/),
  ]);
  const texts = sent.map(([{ channel }, wire]) => `${channel} ${(wire as { text: string }).text}`).sort();
  expect(texts[0]).toMatch(/^sms Chuc mung anh\/chi! Ma khach hang PC03020345678 trung bo qua tri an/);
  expect(texts[2]).toBe(
    'telegram Chúc mừng anh/chị! Mã khách hàng PP01000123456 trúng bộ quà tri ân (bộ quà gồm đèn LED và bình nước), chương trình Liên hệ là có quà của Điện lực miền Trung (dữ liệu mẫu). Anh/chị nhận quà tại đội quản lý điện nơi dùng điện, hoặc được trao tận nhà, hạn nhận hết ngày 11/02/2027. Điện lực không bao giờ thu phí, không hỏi mã OTP hay mật khẩu để trao quà. Để kiểm tra, anh/chị xem bảng kết quả tại https://cskh.example/campaigns/mau-2026-lien-he hoặc gọi 19001909. (Chương trình mẫu, không có thật).',
  );
  expect(await tell()).toEqual({ told: [1, 3], underWay: [], unreached: [2] });
  const winners = await stores.draws.winners(CAMPAIGN);
  expect(winners.map(({ place, state, history }) => [place, state, history.map(({ what }) => what)])).toEqual([
    [1, 'told', ['drawn', 'notice: sms, telegram', expect.stringMatching(/^told: /)]],
    [2, 'waiting', ['drawn', 'notice: nobody can be reached by message']],
    [3, 'told', ['drawn', 'notice: sms', 'told: sms']],
  ]);
  await tell();
  await house.sweep();
  expect(sent).toHaveLength(3);
});
