import { newSite } from '../paths/new-site.js';
import type { Endpoints } from './endpoint.js';

export const siteCreateEndpoints: Endpoints = {
  'press.api.site.new': { mutates: true, requires: ['site'], run: newSite },
};
