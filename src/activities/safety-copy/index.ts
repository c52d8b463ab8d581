export { planSafetyCopy, type SafetyCopyDraft } from './plan-safety-copy.js';
