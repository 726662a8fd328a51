import fc from 'fast-check';

/** Any code points, halves of surrogate pairs among them. (fast-check's own unit `binary` tabulates all 1.1 million for a second.) */
export const anyText = ({ maxLength = 20 } = {}): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(fc.nat({ max: 0x10ffff }), { maxLength }).map((points) => String.fromCodePoint(...points)),
    },
    fc.string({ unit: 'binary-ascii', maxLength }),
  );
