import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inForce } from '../../core/utility';
import { loadUtility } from '../../data/utilities';

const files = join(__dirname, '../../data/utilities');

describe('the sample utility', () => {
  test('says that it is a sample, and has what dialogs say', async () => {
    const utility = await loadUtility('sample');
    expect(utility).toMatchObject({ id: 'sample', sample: true, smsName: 'EVNCPC', prefixes: ['PP', 'PQ', 'PC'] });
    expect(utility.name).toContain('mẫu');
    expect(inForce(utility.hotlines, '2026-11-22').map(({ kind, number }) => [kind, number])).toEqual([
      ['care', '19001909'],
      ['fire', '114'],
      ['ambulance', '115'],
    ]);
    const rule = (key: string, on = '2026-11-22') =>
      inForce(
        utility.rules.filter((row) => row.key === key),
        on,
      ).map(({ value }) => value);
    expect(rule('safety.distance')).toEqual([10]);
    expect(rule('outage.notice_days')).toEqual([5]);
    expect(rule('outage.notice_days', '2016-09-30')).toEqual([5]);
    expect(rule('sms.price', '2016-09-30')).toEqual([1000]);
    expect(utility.sms.map(({ command }) => command)).toEqual(['LGD', 'CS', 'TD', 'NTD', 'LCD', 'TC']);
  });

  test('gives one value to a key on any day', async () => {
    const { rules } = await loadUtility('sample');
    for (const on of ['2016-09-30', '2025-01-31', '2025-02-01', '2026-11-22']) {
      const keys = inForce(rules, on).map(({ key }) => key);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });
});

describe('the utilities whose SMS syntaxes are printed', () => {
  test.each([
    ['evnhanoi', '2026-11-22', '8088', ['DK', 'DV', 'HUY', 'DS', 'CD']],
    ['evnhcmc', '2016-09-30', '8055', ['TD', 'NO', 'LMD', 'MD', 'LGD']],
    ['evnhcmc', '2026-11-22', '8655', ['TD', 'NO', 'LMD', 'MD', 'LGD']],
    ['evnspc', '2026-11-22', '8655', ['SPCDK', 'SPCDK', 'SPCDK', 'SPCDK', 'SPCDK', 'SPCDK']],
  ])('%s on %s: %s', async (id, on, number, commands) => {
    const utility = await loadUtility(id);
    expect(utility.sample).toBe(false);
    const rows = inForce(utility.sms, on);
    expect([...new Set(rows.map((row) => row.number))]).toEqual([number]);
    expect(rows.map(({ command }) => command)).toEqual(commands);
    for (const { citation, command, syntax } of rows) {
      expect(citation).not.toBe('');
      expect(syntax.split(' ')).toContain(command);
    }
  });
});

describe('a utility file that is wrong', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'utilities-'));
    await cp(join(files, 'sample'), join(folder, 'mine'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const edit = async (file: string, change: (text: string) => string) => {
    const path = join(folder, 'mine', file);
    await writeFile(path, change(await readFile(path, 'utf8')));
    return loadUtility('mine', folder);
  };

  test.each([
    ['units.yaml', /PP0100/, 'X10', 'mine/units.yaml', 'rows.0.code'],
    ['units.yaml', /code: PP0100/, 'code: PD0100', 'mine/units.yaml', 'PD0100'],
    ['hotlines.yaml', /confidence: V/, 'confidence: sure', 'mine/hotlines.yaml', 'rows.0.confidence'],
    ['hotlines.yaml', /kind: care/, 'kind: fire', 'mine/hotlines.yaml', 'care'],
    ['rules.yaml', /from: 2025-02-01/, 'from: 1/2/2025', 'mine/rules.yaml', 'from'],
    ['rules.yaml', /to: 2025-01-31/, 'from: 2025-02-01, to: 2025-01-31', 'mine/rules.yaml', 'before from'],
    ['rules.yaml', /value: 10/, 'valeu: 10', 'mine/rules.yaml', 'rows.0'],
    ['offices.yaml', /unit: PP0100/, 'unit: PP0199', 'mine/offices.yaml', 'PP0199'],
    ['sms.yaml', /TC \}/, 'TC', 'mine/sms.yaml', 'not YAML'],
    ['utility.yaml', /name: .*/, '', 'mine/utility.yaml', 'name'],
    ['sms.yaml', /[\s\S]*/, 'rows: 5', 'mine/sms.yaml', 'rows'],
  ])('%s, %s', async (file, pattern, by, ...named) => {
    const failing = edit(file, (text) => text.replace(pattern, by));
    await expect(failing).rejects.toMatchObject({ code: 'BAD_SETTING' });
    for (const name of named) await expect(failing).rejects.toThrow(name);
  });

  test('or missing', async () => {
    await rm(join(folder, 'mine', 'rules.yaml'));
    await expect(loadUtility('mine', folder)).rejects.toMatchObject({ code: 'BAD_SETTING' });
  });

  test.each(['nowhere', '../sample', '', 'a/b', 'SAMPLE'])('or not there: %j', async (id) => {
    await expect(loadUtility(id)).rejects.toMatchObject({ code: 'BAD_SETTING' });
  });
});
