export { claimSecret } from './claim-secret.js';
export { diagnose } from './diagnose.js';
export { provisionSite } from './provision-site.js';
export { reconcile } from './reconcile.js';
export { settleOrphan } from './settle-orphan.js';
