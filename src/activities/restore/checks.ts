import type { Check } from '../../domain/plan.js';

export const pass = (name: string, detail: string): Check => ({ name, result: 'pass', detail });
export const warn = (name: string, detail: string): Check => ({ name, result: 'warn', detail });
export const fail = (name: string, detail: string): Check => ({ name, result: 'fail', detail });
