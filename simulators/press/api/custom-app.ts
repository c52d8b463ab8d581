import type { CustomApp } from '../benches/app-changes.js';
import { refuse } from '../http/errors.js';
import { isObject, text } from '../json.js';
import type { Json } from '../types.js';

const REPOSITORY = /^https?:\/\/github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;

/**
 * The `app` of `ReleaseGroup.add_app`: an object, or one as text (D 1.5).
 *
 * @returns null for one without a name, which does nothing
 * @throws 417 for what is no repository
 */
export function readCustomApp(app: Json | undefined, isUpdate: boolean): CustomApp | null {
  const given: unknown = typeof app === 'string' ? JSON.parse(app) : app;
  const fields = isObject(given as Json) ? (given as Record<string, Json>) : {};
  const name = text(fields.name);
  if (name === '') return null;
  const match = REPOSITORY.exec(text(fields.repository_url));
  if (match === null) {
    throw refuse(
      "This doesn't look like a valid Git repository URL. Please check the URL and try again.",
    );
  }
  const [, owner = '', repository = ''] = match;
  const title = text(fields.title) || name;
  return { app: name, title, owner, repository, branch: text(fields.branch), isUpdate };
}
