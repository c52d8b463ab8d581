import type { SurfaceRow } from './row.js';

const INSIDE =
  'It reaches every method of every document, so only typed functions use it; nothing else may.';

export const GENERIC_ROWS: readonly SurfaceRow[] = [
  {
    endpoint: 'press.api.client.get_list',
    what: 'Lists documents of one kind that the team owns',
    danger: 'read',
    reach: { by: 'typed calls', why: `${INSIDE} Unknown filters silently widen its answer.` },
    tracker: null,
    repeated: 'the same answer',
    source: 'A 2.3',
  },
  {
    endpoint: 'press.api.client.get',
    what: 'Reads one document that the team owns',
    danger: 'read',
    reach: { by: 'typed calls', why: `${INSIDE} What it answers differs by the kind of document.` },
    tracker: null,
    repeated: 'the same answer',
    source: 'A 2.4',
  },
  {
    endpoint: 'press.api.client.insert',
    what: 'Makes a document, e.g. a site on an existing group',
    danger: 'moderate',
    reach: { by: 'typed calls', why: `${INSIDE} It drops every field that it does not know.` },
    tracker: 'the document it answers',
    repeated: '409 for a site; a second document for most other kinds',
    source: 'A 2.5, A 3.10',
  },
  {
    endpoint: 'press.api.client.set_value',
    what: 'Sets a field of a document; few fields may be set at all',
    danger: 'low',
    reach: {
      by: 'typed calls',
      why: `${INSIDE} Of a site only the switch for automatic updates may be set, of a group its title.`,
    },
    tracker: null,
    repeated: 'no further effect',
    source: 'A 2.6',
  },
  {
    endpoint: 'press.api.client.delete',
    what: 'Deletes a document, e.g. a release group; no site',
    danger: 'high',
    reach: { by: 'typed calls', why: `${INSIDE} For a group it archives all its benches.` },
    tracker: null,
    repeated: '200 for a group that is gone, and its title grows',
    source: 'A 2.7, observed 3',
  },
  {
    endpoint: 'press.api.client.run_doc_method',
    what: 'Runs a method of a document',
    danger: 'high',
    reach: {
      by: 'typed calls',
      why: `${INSIDE} Without arguments a method gets None for its first.`,
    },
    tracker: 'as the method',
    repeated: 'as the method',
    source: 'A 2.8, observed 4',
  },
  {
    endpoint: 'press.api.client.search_link',
    what: 'Names for a choice in a form',
    danger: 'read',
    reach: {
      by: 'another',
      endpoint: 'press.api.client.get_list',
      why: 'It answers names only, ten of them, and leaves out disabled rows.',
    },
    tracker: null,
    repeated: 'the same answer',
    source: 'A 2.9',
  },
];
