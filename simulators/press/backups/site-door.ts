import type { ServerResponse } from 'node:http';
import type { TransferFault } from '../fault-types.js';
import { takeTransferFault } from '../faults/matching.js';
import { send, htmlAnswer } from '../http/envelope.js';
import type { PressRequest } from '../http/request.js';
import { hasSession } from '../sites/sessions.js';
import { sidOf } from '../sites/site-api.js';
import { isUp, type Visited } from '../sites/visit.js';
import { openTransfer } from '../storage/log.js';
import { sendFile } from '../storage/send-file.js';
import type { Segment } from '../storage/segments.js';
import type { FileKind } from '../world/backups.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { contentOf } from './files.js';

const PREFIX = '/backups/';

/**
 * The files of backups on the site's own server: only for a session there, and only while the site
 * is up (D 3).
 *
 * @returns false when the request is about something else, or the site does not answer.
 */
export async function sendBackupFile(
  world: World,
  { site }: Visited,
  request: PressRequest,
  response: ServerResponse,
): Promise<boolean> {
  if (!request.path.startsWith(PREFIX) || site === null || !isUp(site)) return false;
  const fileName = decodeURIComponent(request.path.slice(PREFIX.length));
  const range = request.headers.range ?? null;
  const transfer = openTransfer(world, 'site.get_backup_file', {
    site: site.name,
    fileName,
    range,
  });
  const fault = takeTransferFault(world.state, {
    direction: 'download',
    name: fileName,
    part: null,
  });
  const found = fileOrRefusal(world, site, request, { fileName, fault });
  if (typeof found === 'number') {
    send(world, response, htmlAnswer(found, 'Not served'));
    transfer.end(found);
    return true;
  }
  await sendFile(response, request.headers, { fileName, segments: found }, fault);
  transfer.end(response.statusCode);
  return true;
}

/** @returns the content, or the status of the refusal. */
function fileOrRefusal(
  world: World,
  site: SiteRow,
  request: PressRequest,
  { fileName, fault }: { fileName: string; fault: TransferFault | null },
): Segment[] | number {
  if (fault?.kind === 'error') return fault.status;
  if (!hasSession(world, site, sidOf(request))) return 403;
  return findFile(world, site, fileName) ?? 404;
}

function findFile(world: World, site: SiteRow, fileName: string): Segment[] | null {
  for (const backup of Object.values(world.state.backups)) {
    if (backup.site !== site.name || backup.onServerUntil <= world.now()) continue;
    for (const [kind, file] of Object.entries(backup.files)) {
      if (file.fileName === fileName) return contentOf(backup, kind as FileKind, file);
    }
  }
  return null;
}
