import { z } from 'zod';

/**
 * A list of which only empty ones were ever seen: an entry of another shape is left out instead of
 * spoiling the answer.
 */
export const entriesLike = <T>(entry: z.ZodType<T>) =>
  z.array(z.unknown()).transform((entries) =>
    entries.flatMap((each) => {
      const read = entry.safeParse(each);
      return read.success ? [read.data] : [];
    }),
  );
