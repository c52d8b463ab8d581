import { describe, expect, it } from 'vitest';
import { isOnServer } from '../../../src/frappe-cloud/index.js';

const on = (name: string) => isOnServer({ name }, 'f1-mumbai.frappe.cloud');

describe('the server of a bench', () => {
  it('is told by its name', () => {
    expect(on('bench-0005-000001-f1-mumbai')).toBe(true);
    expect(on('bench-0005-000001-f11-mumbai')).toBe(false);
  });

  it('is the same when it is put up anew there', () => {
    expect(on('bench-0005-000001-f1-mumbai-1')).toBe(true);
    expect(on('bench-0005-000001-f1-mumbai-east')).toBe(false);
  });
});
