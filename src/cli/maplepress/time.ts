/** `2026-11-20 22:40`, in UTC: MaplePress tells whole dates, of a clock that need not be ours. */
export function utcMinute(iso: string): string {
  return new Date(iso).toISOString().slice(0, 16).replace('T', ' ');
}
