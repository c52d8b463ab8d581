import type { ErrorEnvelope } from './envelope.js';
import { PressErrorCode } from './errors.js';

const CODE_BY_EXC_TYPE: Readonly<Record<string, PressErrorCode>> = {
  TimestampMismatchError: PressErrorCode.RACE,
  DocumentLockedError: PressErrorCode.RACE,
  QueryDeadlockError: PressErrorCode.CONTENTION,
  QueryTimeoutError: PressErrorCode.CONTENTION,
  SiteUnderMaintenance: PressErrorCode.BUSY,
  SiteTooManyPendingBackups: PressErrorCode.BUSY,
  OngoingAgentJob: PressErrorCode.BUSY,
  DNSValidationError: PressErrorCode.DNS,
  AAAARecordExists: PressErrorCode.DNS,
  DomainProxied: PressErrorCode.DNS,
  ConflictingCAARecord: PressErrorCode.DNS,
  ConflictingDNSRecord: PressErrorCode.DNS,
  MultipleARecords: PressErrorCode.DNS,
  MultipleCNAMERecords: PressErrorCode.DNS,
  DomainNoLongerPointed: PressErrorCode.DNS,
  DuplicateEntryError: PressErrorCode.DUPLICATE,
  TeamHeaderNotInRequestError: PressErrorCode.UNAUTHORIZED,
};

/** Wait states that come as a plain ValidationError (A 1.9), and a login to a slow site (B 4.5). */
const BUSY_TEXT =
  /\bis in (pending|installing|updating|recovering) state\b|\bongoing jobs?\b|\bunresponsive\b/i;

/**
 * Refusals to archive a bench that no waiting cures: a site stands on it, or an earlier archive or
 * site update failed and a person should know why (A 3.9, C 3.9). A site that is being archived is
 * no exception: who archives it must wait for its end anyway. All other reasons pass: jobs, updates,
 * migrations, an archive under way.
 */
const LASTING_ARCHIVE_TEXT = /\bunarchived sites\b|\bhas failed\b/i;

/** Statuses that mean the same whoever answers: Press, its proxy, or something before it. */
const CODE_BY_STATUS: Readonly<Record<number, PressErrorCode>> = {
  429: PressErrorCode.RATE_LIMITED,
  502: PressErrorCode.GATEWAY,
  503: PressErrorCode.UNAVAILABLE,
  504: PressErrorCode.GATEWAY,
};

/**
 * The code of an answer with a status of 300 or more (A 1.7-1.9, observed 4, C 0.5): the class
 * name decides, not the status, because permanent input errors come as 500 and "no such method"
 * as 417.
 *
 * @param envelope undefined when the body is not one of Press's own
 */
export function classify(status: number, envelope: ErrorEnvelope | undefined): PressErrorCode {
  const byStatus = CODE_BY_STATUS[status];
  if (byStatus) return byStatus;
  if (!envelope) return status >= 500 ? PressErrorCode.SERVER_ERROR : PressErrorCode.BAD_ANSWER;
  if (envelope.excType === 'ArchiveBenchError') {
    return LASTING_ARCHIVE_TEXT.test(envelope.text) ? PressErrorCode.REFUSED : PressErrorCode.BUSY;
  }
  const byType = CODE_BY_EXC_TYPE[envelope.excType ?? ''];
  if (byType) return byType;
  if (status === 401) {
    return envelope.text.includes('Access not allowed for this URL')
      ? PressErrorCode.PATH_NOT_ALLOWED
      : PressErrorCode.UNAUTHORIZED;
  }
  if (status === 403) return PressErrorCode.FORBIDDEN;
  if (status === 404) return PressErrorCode.NOT_FOUND;
  if (status === 409) return PressErrorCode.DUPLICATE;
  if (status >= 500) return PressErrorCode.SERVER_ERROR;
  return BUSY_TEXT.test(envelope.text) ? PressErrorCode.BUSY : PressErrorCode.REFUSED;
}
