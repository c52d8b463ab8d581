import type { CallFault } from '../fault-types.js';
import { type Answer, errorAnswer, htmlAnswer, jsonAnswer } from '../http/envelope.js';
import { PressError } from '../http/errors.js';
import { GATEWAY_TITLES } from '../../shared/gateway-titles.js';
import type { World } from '../world/world.js';
import { answer, type Call, commit } from './call.js';
import { drip } from './drip.js';
import { answerLater, startLate } from './late.js';
import { overtake } from './overtake.js';

/** Lets a call go wrong as scripted. */
export function applyFault(world: World, call: Call, fault: CallFault): void {
  call.record.fault = fault.kind;
  const reply = (made: Answer): void => {
    answer(world, call, made);
  };
  switch (fault.kind) {
    case 'lose_request':
      call.response.destroy();
      return;
    case 'lose_answer':
      commit(world, call);
      call.response.destroy();
      return;
    case 'hang':
      if (fault.effect !== false) commit(world, call);
      return;
    case 'late':
      startLate(world, call, fault);
      return;
    case 'delay':
      answerLater(world, call, commit(world, call).answer, fault.seconds);
      return;
    case 'gateway_error':
      if (fault.effect !== 'none') commit(world, call);
      reply(htmlAnswer(fault.status, GATEWAY_TITLES[fault.status]));
      return;
    case 'exception':
      if (fault.effect === true) commit(world, call);
      reply(errorAnswer(world, scriptedError(fault)));
      return;
    case 'rate_limited':
      reply(rateLimited(world, fault.retryAfter));
      return;
    case 'html_page':
      if (fault.effect === true) commit(world, call);
      reply(htmlAnswer(200, 'Login'));
      return;
    case 'slow_body':
      drip(world, call, commit(world, call).answer, fault.seconds);
      return;
    case 'wrong_shape':
      commit(world, call);
      reply(jsonAnswer(200, fault.body ?? ['not', 'what', 'was', 'due']));
      return;
    case 'overtaken':
      overtake(world, call.request, fault.by);
      reply(commit(world, call).answer);
      return;
    case 'duplicate': {
      const checkedAt = world.state.lastStamp;
      commit(world, call, checkedAt);
      reply(commit(world, call, checkedAt).answer);
      return;
    }
  }
}

type ExceptionFault = Extract<CallFault, { kind: 'exception' }>;

function scriptedError({ excType, message, status }: ExceptionFault): PressError {
  return new PressError(excType, message ?? '', {
    ...(status === undefined ? {} : { status }),
    userMessage: message !== undefined,
  });
}

/** Per-endpoint limits have no Retry-After, the site-wide one has (A 6). */
function rateLimited(world: World, retryAfter?: number): Answer {
  const excType = retryAfter === undefined ? 'RateLimitExceededError' : 'TooManyRequestsError';
  const message = 'You hit the rate limit because of too many requests. Please try after sometime.';
  const made = errorAnswer(world, new PressError(excType, message, { source: false }));
  if (retryAfter === undefined) return made;
  return { ...made, headers: { 'Retry-After': String(retryAfter), 'X-RateLimit-Remaining': '0' } };
}
