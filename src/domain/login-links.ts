/** What the plan of a login link is about. */
export interface LoginLinkTarget {
  readonly site: string;
}
