export { provisionSite } from './provision-site.js';
export { reconcile } from './reconcile.js';
