import type { CallFault } from '../fault-types.js';
import { type Answer, errorAnswer, htmlAnswer, jsonAnswer, Refusal } from '../http/answer.js';
import { GATEWAY_TITLES } from '../../shared/gateway-titles.js';
import type { World } from '../world/world.js';
import { type Call, commit, reply } from './call.js';
import { answerLater, startLate } from './late.js';

/** Lets a call go wrong as scripted. */
export function applyFault(world: World, call: Call, fault: CallFault): void {
  call.record.fault = fault.kind;
  const say = (answer: Answer): void => {
    reply(world, call, answer);
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
      startLate(world, call, fault.seconds);
      return;
    case 'delay':
      answerLater(world, call, commit(world, call), fault.seconds);
      return;
    case 'server_error':
      if (fault.effect === true) commit(world, call);
      say(errorAnswer(new Refusal(fault.status ?? 500, 'internal server error')));
      return;
    case 'gateway_error':
      if (fault.effect !== false) commit(world, call);
      say(htmlAnswer(fault.status, GATEWAY_TITLES[fault.status]));
      return;
    case 'html_page':
      if (fault.effect === true) commit(world, call);
      say(htmlAnswer(fault.status ?? 200, 'MaplePress'));
      return;
    case 'wrong_shape':
      commit(world, call);
      say(jsonAnswer(200, fault.body ?? ['not', 'what', 'was', 'due']));
      return;
    case 'unauthorized':
      say(errorAnswer(new Refusal(401, 'invalid or expired token')));
      return;
    case 'rate_limited':
      say({
        ...errorAnswer(new Refusal(429, 'too many requests')),
        ...(fault.retryAfter !== undefined && {
          headers: { 'Retry-After': String(fault.retryAfter) },
        }),
      });
      return;
    case 'duplicate':
      commit(world, call);
      say(commit(world, call));
      return;
  }
}
