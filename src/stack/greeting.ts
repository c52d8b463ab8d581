import type { StackRecord } from './discovery.js';

/** What stands on the screen while the stack runs: where everything is, and what to try. */
export function greet(
  { uiUrl, simulatorUrl, maplePressUrl, gatewayUrl, temporalAddress, domain }: StackRecord,
  stack: {
    readonly speed: number;
    readonly dataDir: string;
    readonly isUsualDataDir: boolean;
  },
): string {
  const { speed, dataDir, isUsualDataDir } = stack;
  const site = '--apps frappe,erpnext --version "Version 15"';
  const fault = `{"job":{"jobType":"New Site","site":"broken-shop.${domain}"},"fault":{"kind":"fail_step","step":2}}`;
  return `
Sitewright runs: Temporal, a simulated Frappe Cloud and MaplePress at ${speed} times their speed, a
worker and a gateway.

  Temporal UI   ${uiUrl}
  Temporal      ${temporalAddress}
  Frappe Cloud  ${simulatorUrl} (simulated)
  MaplePress    ${maplePressUrl} (simulated)
  gateway       ${gatewayUrl} (docs/gateway.md)
  data          ${dataDir}
${isUsualDataDir ? '' : `\nIn every other terminal first:  export SITEWRIGHT_DATA_DIR=${dataDir}\n`}
Try in another terminal, in this folder:

  1  a site, from nothing to verified
     npx sitewright provision first-shop --plan "USD 25" ${site} --wait

  2  one that needs approval (nobody approves what they have asked for)
     npx sitewright provision large-shop --plan "USD 100" ${site} --by sales
     npx sitewright approve large-shop.${domain} --reason "sold"

  3  one that fails half-way, and is undone
     curl -s ${simulatorUrl}/_sim/faults -d '${fault}'
     npx sitewright provision broken-shop --plan "USD 25" ${site} --wait

  4  a WordPress site; its key is shown to whoever claims it first
     npx sitewright maplepress register https://shop.example.com --wait

  5  what has happened, and whether all is well
     npx sitewright sites
     npx sitewright list
     npx sitewright ledger first-shop.${domain} --verify
     npx sitewright doctor

Ctrl-C stops everything; what is open then goes on at the next start.
`;
}
