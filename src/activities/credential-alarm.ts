import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { FailureType } from '../domain/failures.js';
import { operationIdFrom } from '../domain/operations.js';
import type { Notification } from './deps.js';

/** Arguments of an activity that speaks to Press: the account is in them, or in the operation's. */
type Args = { readonly account: string } | { readonly ref: { readonly account: string } };

/**
 * One alarm per account for as long as Press refuses its key (D 8): the operations themselves
 * only retry, and go on when it is fixed.
 */
export class CredentialAlarm {
  readonly #notify: (notification: Notification) => void;
  readonly #refused = new Set<string>();

  constructor(notify: (notification: Notification) => void) {
    this.#notify = notify;
  }

  /** Press has answered: the key works. */
  passed(args: Args): void {
    this.#refused.delete(accountOf(args));
  }

  failed(args: Args, failure: Error): void {
    if (!(failure instanceof ApplicationFailure)) return;
    const account = accountOf(args);
    if (failure.type !== FailureType.Credentials || this.#refused.has(account)) return;
    this.#refused.add(account);
    const workflowId = activityInfo().workflowExecution?.workflowId ?? '';
    const [kind = '', site = ''] = workflowId.split(':');
    const message = `account ${account}: ${failure.message}; operations of this account wait`;
    this.#notify({ operationId: operationIdFrom(workflowId), kind, site, message });
  }
}

function accountOf(args: Args): string {
  return 'ref' in args ? args.ref.account : args.account;
}
