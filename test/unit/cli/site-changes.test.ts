import { describe, expect, it } from 'vitest';
import { siteChangeInput } from '../../../src/cli/site-change-options.js';
import { checkInput } from '../../../src/schemas/operation-inputs.js';

const REQUEST = { account: 'main', requestedBy: 'ops', site: 'acme.frappe.cloud' };

describe('options of upgrade, update and migrate', () => {
  it('say nothing when nothing is said', () => expect(siteChangeInput({})).toEqual({}));

  it('become members of the input', () => {
    const options = { skipFailingPatches: true, skipSafetyCopy: true, at: 'window' };
    const input = siteChangeInput(options);
    expect(input).toEqual({ skipFailingPatches: true, safetyCopy: 'skip', at: 'window' });
    expect(checkInput('update', { ...REQUEST, ...input })).toMatchObject({ ok: true });
  });

  it('name a time that can be read', () => {
    const asked = { ...REQUEST, ...siteChangeInput({ at: 'tomorrow' }) };
    expect(checkInput('upgrade', asked)).toMatchObject({ ok: false, problems: [{ path: 'at' }] });
  });
});
