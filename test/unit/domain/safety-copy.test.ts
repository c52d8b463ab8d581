import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { implausible } from '../../../src/domain/safety-copy.js';

const backups = (...sizes: readonly number[]) =>
  sizes.map((bytes, index) => ({ takenAt: index, bytes }));

describe('the size of a backup', () => {
  it.each([
    ['as large as the others', 100, null],
    ['half as large', 50, null],
    ['twice as large', 200, null],
    ['smaller than half', 49, /49 %/],
    ['larger than twice', 201, /201 %/],
    ['nothing', 0, /0 %/],
  ])('%s', (_, bytes, said) => {
    const reason = implausible({ takenAt: 10, bytes }, backups(90, 100, 110));
    if (said === null) expect(reason).toBeNull();
    else expect(reason).toMatch(said);
  });

  it('is compared with the five before it, not with older or later ones', () => {
    const others = [...backups(1, 1, 1, 1, 1, 100, 100, 100, 100, 100), { takenAt: 20, bytes: 1 }];
    expect(implausible({ takenAt: 10, bytes: 100 }, others)).toBeNull();
    expect(implausible({ takenAt: 10, bytes: 2 }, others)).not.toBeNull();
  });

  it('says nothing when nothing stands beside it', () => {
    expect(implausible({ takenAt: 1, bytes: 5 }, [])).toBeNull();
    expect(implausible({ takenAt: 1, bytes: 5 }, [{ takenAt: 0, bytes: 0 }])).toBeNull();
  });

  it('is always plausible beside its equals', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 9 }), (bytes, n) => {
        const others = backups(...Array.from({ length: n }, () => bytes));
        expect(implausible({ takenAt: 100, bytes }, others)).toBeNull();
      }),
    );
  });
});
