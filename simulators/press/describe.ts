import type { PressSimulator } from './types.js';

/** How to use a running simulator from a shell. */
export function describeSimulator(sim: PressSimulator): string {
  const { main, other, nopay } = sim.accounts;
  return `Press simulator at ${sim.url} (sites under ${sim.domain})

  export PRESS_URL=${sim.url}
  export PRESS_API_KEY=${main.apiKey}
  export PRESS_API_SECRET=${main.apiSecret}
  export PRESS_TEAM=${main.team}

  Other accounts: ${other.apiKey}:${other.apiSecret} (team ${other.team}),
                  ${nopay.apiKey}:${nopay.apiSecret} (team ${nopay.team}, no payment method)

A call:
  curl -s ${sim.url}/api/method/press.api.account.me \\
    -H "Authorization: token $PRESS_API_KEY:$PRESS_API_SECRET" \\
    -H "X-Press-Team: $PRESS_TEAM" -H 'Content-Type: application/json' -d '{}'

A visit to a site:
  curl -s ${sim.url}/api/method/ping -H 'Host: acme.${sim.domain}'

Faults:
  curl -s ${sim.url}/_sim/faults -d '{"call":{"method":"press.api.site.new"},"fault":{"kind":"lose_answer"}}'
  curl -s ${sim.url}/_sim/faults -d '{"job":{"jobType":"New Site"},"fault":{"kind":"fail_step","step":"Install Apps"}}'
  curl -s ${sim.url}/_sim/faults -d '{"build":{"title":"acme"},"fault":{"kind":"fail","error":"no space left"}}'
  curl -s -X DELETE ${sim.url}/_sim/faults

Releases to deploy, and updates that Press begins by itself:
  curl -s ${sim.url}/_sim/commit -d '{"group":"bench-0004","apps":["erpnext"]}'
  curl -s ${sim.url}/_sim/update -d '{"site":"acme.${sim.domain}"}'

Time (virtual), log and estate:
  curl -s ${sim.url}/_sim/clock -d '{"advance":60000}'
  curl -s ${sim.url}/_sim/clock -d '{"speed":60}'
  curl -s ${sim.url}/_sim/calls      # also: effects, estate
  curl -s ${sim.url}/_sim/dns -d '{"domain":"shop.example.com","A":["198.51.100.10"]}'
  curl -s -X POST ${sim.url}/_sim/reset
`;
}
