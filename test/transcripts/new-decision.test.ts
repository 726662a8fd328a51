import { makeTariff, TABLES } from '../../tariff';
import { priced } from '../../tariff/rows';
import { openHouse } from './house';
import { readScripts } from './runner';
import { differences } from './went';

/** A new price decision, as it would be entered: one dated row. */
const row = {
  from: '2026-06-15',
  decision: '99/QĐ-BCT',
  mean: '2300.0000',
  tiers: priced(TABLES.decided[0]!.tiers, '2300.0000'),
  citation: 'invented for this test',
  confidence: 'O',
} as const;

const SCRIPT = `# Trước ngày áp dụng
@ web · 2026-06-10 09:00
> 450 số hết bao nhiêu tiền
< Dạ 450 kWh theo giá đang áp dụng là 1.347.300 đ, gồm thuế GTGT 8%.
> bao giờ tăng giá điện
< Dạ giá đang áp dụng theo Quyết định 1279/QĐ-BCT từ ngày 10/05/2025. Từ 15/06/2026 sẽ theo Quyết định 99/QĐ-BCT.…

# Sau ngày áp dụng
@ web · 2026-07-10 09:00
> 450 số hết bao nhiêu tiền
< Dạ 450 kWh theo giá đang áp dụng là 1.368.684 đ, gồm thuế GTGT 8%.
| Bậc | kWh × giá | Thành tiền |
| Bậc 1 | 100 × 2.070 | 207.000 đ |
| Bậc 2 | 100 × 2.484 | 248.400 đ |
| Bậc 3 | 200 × 3.128 | 625.600 đ |
| Bậc 4 | 50 × 3.726 | 186.300 đ |
| Chưa thuế | | 1.267.300 đ |
| Thuế GTGT 8% | | 101.384 đ |
| Tổng cộng | | 1.368.684 đ |
> giá điện 5 bậc áp dụng chưa
< Dạ giá đang áp dụng theo Quyết định 99/QĐ-BCT từ ngày 15/06/2026. Em chưa có thông tin về quyết định giá mới nào.
> chủ trọ lấy 4 nghìn một số có đúng không
< …tính một giá 2.484 đ/kWh, gồm thuế 8% là 2.682,7 đ/kWh…
> tháng 5/2026 450 số hết bao nhiêu
< Dạ 450 kWh theo giá tháng 5/2026 là 1.347.300 đ, gồm thuế GTGT 8%.…
`;

let house: Awaited<ReturnType<typeof openHouse>>;
beforeAll(async () => {
  house = await openHouse(makeTariff({ ...TABLES, household: [...TABLES.household, row] }));
}, 120_000);
afterAll(() => house.close());

test.each(readScripts('new-decision', SCRIPT).map((script) => [script.title, script] as const))(
  'one dated row more, and what customers hear follows: %s',
  async (_, script) => {
    const conversation = house.conversationOf(script);
    const wrong: string[] = [];
    for (const step of script.steps)
      if (step.kind === 'heard') wrong.push(...differences(step.expected, await conversation.hear(step.pieces)));
    expect(wrong).toEqual([]);
  },
);
