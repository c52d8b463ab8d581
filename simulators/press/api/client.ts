import { findDoctype } from '../documents/index.js';
import type { Doctype } from '../documents/doctype.js';
import { listRows } from '../documents/query.js';
import { crash, forbid, missing, PressError } from '../http/errors.js';
import { isObject, text } from '../json.js';
import { newSiteFromDocument } from '../paths/insert-document.js';
import type { Json } from '../types.js';
import {
  type CallContext,
  type Endpoints,
  missingArguments,
  type Outcome,
  type Params,
  RawBody,
  teamOf,
} from './endpoint.js';

const WRITING = ['POST', 'PUT'] as const;

/** The generic client API (A 2). */
export const clientEndpoints: Endpoints = {
  'press.api.client.get_list': {
    requires: ['doctype'],
    run: (context, params) => listRows(context, allowed(context, params.doctype), params),
  },
  'press.api.client.get': {
    requires: ['doctype', 'name'],
    run: (context, params) => document(context, text(params.doctype), text(params.name)),
  },
  'press.api.client.insert': {
    mutates: true,
    verbs: WRITING,
    requires: ['doc'],
    run(context, { doc }) {
      if (!isObject(doc)) throw crash('AttributeError', "'str' object has no attribute 'get'");
      allowed(context, doc.doctype);
      if (doc.doctype !== 'Site') throw new PressError('MandatoryError', 'Value missing');
      return document(context, 'Site', newSiteFromDocument(context, doc));
    },
  },
  'press.api.client.set_value': {
    mutates: true,
    verbs: WRITING,
    requires: ['doctype', 'name', 'fieldname'],
    run: setValue,
  },
  'press.api.client.delete': {
    mutates: true,
    verbs: ['POST', 'DELETE'],
    requires: ['doctype', 'name'],
    run(context, params) {
      const doctype = allowed(context, params.doctype);
      const name = text(params.name);
      checkOwned(context, doctype, name);
      if (doctype.remove === undefined) throw forbid('Not permitted');
      return new RawBody({ docs: [doctype.remove(context, name)] });
    },
  },
  'press.api.client.search_link': { requires: ['doctype'], run: searchLink },
  'press.api.client.run_doc_method': {
    mutates: true,
    requires: ['dt', 'dn', 'method'],
    run: runDocMethod,
  },
};

function allowed(context: CallContext, name: Json | undefined): Doctype {
  const doctype = findDoctype(text(name));
  if (doctype === null) throw forbid('Not permitted');
  teamOf(context);
  return doctype;
}

/** Names for a choice in a form, ten of them (A 2.9). */
function searchLink(context: CallContext, params: Params): Outcome {
  const query = text(params.query).toLowerCase();
  return allowed(context, params.doctype)
    .list(context, {})
    .map(({ name }) => text(name))
    .filter((name) => name.toLowerCase().includes(query))
    .slice(0, Number(params.page_length ?? 10))
    .map((name) => ({ name, value: name }));
}

/** `client.get`: missing is 404, foreign is 403 (A 2.4). */
function document(context: CallContext, doctypeName: string, name: string): Json {
  const doctype = allowed(context, doctypeName);
  if (!doctype.exists(context, name)) throw missing(doctypeName, name);
  if (!doctype.owns(context, name)) throw forbid('Not permitted');
  return doctype.get(context, name);
}

/** For writing, a missing document is 403 as well. */
function checkOwned(context: CallContext, doctype: Doctype, name: string): void {
  if (!doctype.exists(context, name) || !doctype.owns(context, name)) throw forbid('Not permitted');
}

function setValue(context: CallContext, params: Params): Outcome {
  const doctypeName = text(params.doctype);
  const doctype = allowed(context, params.doctype);
  checkOwned(context, doctype, text(params.name));
  const name = text(params.name);
  const values = isObject(params.fieldname)
    ? params.fieldname
    : { [text(params.fieldname)]: params.value ?? null };
  const barred = Object.keys(values).find((field) => doctype.editable?.[field] === undefined);
  if (barred !== undefined) {
    throw forbid(`${doctypeName}.${barred} cannot be edited from the dashboard`);
  }
  for (const [field, value] of Object.entries(values)) {
    doctype.editable?.[field]?.(context, name, value);
  }
  return document(context, doctypeName, name);
}

/** `run_doc_method`: the answer carries the re-read document in `docs` (A 2.8). */
function runDocMethod(context: CallContext, params: Params): RawBody {
  const doctypeName = text(params.dt);
  const doctype = allowed(context, params.dt);
  const name = text(params.dn);
  const methodName = text(params.method);
  checkOwned(context, doctype, name);
  const method = doctype.methods?.[methodName];
  if (method === undefined) {
    if (doctype.hiddenMethods?.includes(methodName) === true) throw forbid('Not permitted');
    const className = doctypeName.replaceAll(' ', '');
    throw crash('AttributeError', `'${className}' object has no attribute '${methodName}'`);
  }
  const args = readArgs(params.args);
  if (method.params.length > 0) checkArgs(doctypeName, methodName, method, args);
  const outcome = method.run(context, name, args);
  const docs = [document(context, doctypeName, name)];
  if (outcome === undefined || outcome instanceof RawBody) return new RawBody({ docs });
  return new RawBody({ message: outcome, docs });
}

/** A GET sends `args` as text (A 1.4). */
function readArgs(args: Json | undefined): Params {
  if (isObject(args)) return args;
  if (typeof args !== 'string' || args === '') return {};
  const parsed = JSON.parse(args) as Json;
  return isObject(parsed) ? parsed : {};
}

function checkArgs(
  doctype: string,
  name: string,
  method: { params: readonly string[]; requires?: readonly string[] },
  args: Params,
): void {
  const unknown = Object.keys(args).find((key) => !method.params.includes(key));
  if (unknown !== undefined) {
    throw crash(
      'TypeError',
      `${doctype}.${name}() got an unexpected keyword argument '${unknown}'`,
    );
  }
  const absent = (method.requires ?? []).filter((key) => args[key] === undefined);
  if (absent.length > 0) throw missingArguments(`${doctype}.${name}`, absent);
}
