import type { FastifyReply } from 'fastify';
import type { Account, PressClock } from '../../frappe-cloud/index.js';
import { PRESS_TIME_HEADER } from '../../schemas/estate/clock.js';

/** Tells the caller what time it is at Frappe Cloud. */
export function tellTime(reply: FastifyReply, { clock }: Account): void {
  reply.header(PRESS_TIME_HEADER, new Date(clock.now()).toISOString());
}

/** A datetime of Press, which carries no zone, as ISO time. @throws RangeError */
export function isoTime(clock: Pick<PressClock, 'parse'>, naive: string): string {
  return new Date(clock.parse(naive)).toISOString();
}

/** Of a datetime that Press gives in UTC; what is missing stays so. */
export function utcTimeOrNull(naive: string | null): string | null {
  return naive === null ? null : new Date(`${naive.replace(' ', 'T')}Z`).toISOString();
}
