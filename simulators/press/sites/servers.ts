/** The proxy has jobs of its own, without a bench (A 2.2). */
export const proxyServer = (domain: string): string => `n1.${domain}`;

/** Addresses sites are reached at and call from (RFC 5737, for documentation). */
export const INBOUND_IP = '198.51.100.10';
export const OUTBOUND_IP = '198.51.100.20';
