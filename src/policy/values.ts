import { z } from 'zod';

/** In milliseconds. */
export const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30s`, `15m`, `24h`, `7d`, in milliseconds. */
export const duration = z
  .string('must be a duration such as 30m, 24h or 7d')
  .regex(/^\d+(s|m|h|d)$/, 'must be a duration such as 30m, 24h or 7d')
  .transform((text) => Number(text.slice(0, -1)) * UNITS[text.slice(-1) as keyof typeof UNITS]);

/** An IANA time zone. */
export const timeZone = z
  .string()
  .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC', {
    message: 'must be an IANA time zone such as Europe/Berlin',
  });

/** In the order in which `Date` counts them. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** `22:30`, in minutes since midnight. */
export const clock = z
  .string('must be a time such as "22:30", in quotes')
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 22:30')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** A moment. */
export const instant = z.iso.datetime({
  offset: true,
  error: 'must be a time with its offset, such as 2026-12-20T00:00:00Z',
});
