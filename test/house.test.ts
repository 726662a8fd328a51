import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { ALL_SETTINGS } from '../app/settings';
import { ERRORS } from '../core/errors';

const ROOT = resolve(__dirname, '..');
const NOT_ROOMS = ['test', 'bench', 'docs', 'scripts', 'bin', 'node_modules', 'dist', 'var', 'coverage'];

/** The table of rooms in README: `| `room/` | what it is | may import |`. */
const rooms = new Map(
  [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^\| `(\w+)\/` \|[^|]*\| ([^|]*) \|$/gm)].map(
    ([, room, allowed]) => [room!, [...allowed!.matchAll(/`(\w+)\/`/g)].map(([, name]) => name!)] as const,
  ),
);

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesOf(join(folder, entry.name))
      : /\.(ts|mts|js|mjs)$/.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  );

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(/(?:from\s+|import\s*\(\s*|import\s+|require\s*\(\s*)['"]([^'"\n]+)['"]/g),
  ].map(([, name]) => name!);

const roomOf = (path: string): string => relative(ROOT, path).split(sep)[0]!;

describe('the house', () => {
  test('README names every room, and every room that it names is there', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !NOT_ROOMS.includes(entry.name))
      .map(({ name }) => name);
    expect([...rooms.keys()].sort()).toEqual(folders.sort());
  });

  test('the star: every room imports core at most, only app imports rooms, nobody imports app', () => {
    expect(rooms.get('core')).toEqual([]);
    for (const [room, allowed] of rooms)
      if (room !== 'app' && room !== 'core') expect([room, allowed]).toEqual([room, ['core']]);
    const wrong = [...rooms.keys()].flatMap((room) =>
      filesOf(join(ROOT, room)).flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith('.'))
          .map((name) => roomOf(resolve(file, '..', name)))
          .filter((target) => target !== room && rooms.has(target) && !rooms.get(room)!.includes(target))
          .map((target) => `${relative(ROOT, file)} imports ${target}/`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    const all = [...rooms.keys()].flatMap((room) => filesOf(join(ROOT, room)));
    const known = new Set(all);
    const targets = (file: string) =>
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => resolve(file, '..', name))
        .flatMap((path) => [`${path}.ts`, join(path, 'index.ts')].find((one) => known.has(one)) ?? []);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: string[]): void => {
      if (path.includes(file))
        circles.push([...path.slice(path.indexOf(file)), file].map((one) => relative(ROOT, one)).join(' > '));
      else if (!done.has(file)) for (const target of targets(file)) walk(target, [...path, file]);
      done.add(file);
    };
    for (const file of all) walk(file, []);
    expect(circles).toEqual([]);
    expect(done.size).toBe(known.size);
  });

  test('the arrows are really read: a forbidden import in a probe would be seen', () => {
    expect(importsOf(join(ROOT, 'app/house.ts'))).toEqual(
      expect.arrayContaining(['../dialogs/decide', '../core/disclosure']),
    );
  });

  test('only app touches clock, randomness and environment', () => {
    const ambient =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b|\bsetTimeout\(|\brandomUUID\(|\brandomBytes\(/;
    const wrong = [...rooms.keys()]
      .filter((room) => room !== 'app')
      .flatMap((room) => filesOf(join(ROOT, room)))
      .filter((file) => !/[/\\]web[/\\](widget|demo)[/\\]/.test(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line, n) =>
            ambient.test(line) && !/^\s*(\*|\/\/)/.test(line) ? [`${relative(ROOT, file)}:${n + 1}`] : [],
          ),
      );
    expect(wrong).toEqual([]);
  });

  test('files stay readable: a file of the house past 400 lines has a second concept in it', () => {
    const long = [...rooms.keys()]
      .flatMap((room) => filesOf(join(ROOT, room)))
      .map((file) => [relative(ROOT, file), readFileSync(file, 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > 400);
    expect(long).toEqual([]);
  });

  test('the path from a message to its reply is read in under 500 lines of whole files', () => {
    const path = readFileSync(join(ROOT, 'README.md'), 'utf8').match(
      /<!-- reading path -->([\s\S]*?)<!-- end -->/,
    )![1]!;
    const files = [...path.matchAll(/\]\(([\w./-]+\.ts)\)/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(5);
    const lines = files.map((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1);
    expect(lines.reduce((sum, n) => sum + n, 0)).toBeLessThan(500);
  });
});

const withoutCode = (page: string): string => page.replace(/```.*?```|`[^`\n]*`/gs, '');

describe('what documents promise', () => {
  test('docs/errors.md lists every error of the register with its status, and no other', () => {
    const listed = [
      ...readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').matchAll(
        /^\| `([A-Z_]+)` \| (\d+|–) \| ([^|]+) \| ([^|]+) \|$/gm,
      ),
    ].map(([, code, status, cause, hint]) => [code, status, cause!.trim(), hint!.trim()]);
    const register = Object.entries(ERRORS).map(([code, error]) => [
      code,
      'status' in error ? String(error.status) : '–',
      error.cause,
      error.hint,
    ]);
    expect(listed).toEqual(register);
  });

  test('.env.example lists every setting with its default, and no other', () => {
    const listed = Object.fromEntries(
      [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^([A-Za-z_]+)=(.*)$/gm)].map(([, key, value]) => [
        key,
        value,
      ]),
    );
    expect(Object.keys(listed).sort()).toEqual(Object.keys(ALL_SETTINGS).sort());
    for (const [key, form] of Object.entries(ALL_SETTINGS)) {
      const given = form.safeParse(listed[key] || undefined);
      expect([key, given.success && given.data]).toEqual([key, form.safeParse(undefined).data]);
    }
  });

  test('every link of README and docs leads to a file', () => {
    const pages = [
      'README.md',
      ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
        .filter((f) => f.endsWith('.md'))
        .map((f) => join('docs', f)),
    ];
    const broken = pages.flatMap((page) =>
      [...withoutCode(readFileSync(join(ROOT, page), 'utf8')).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, link]) => link!)
        .filter((link) => !existsSync(resolve(ROOT, page, '..', link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});
