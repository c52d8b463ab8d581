export interface UserRow {
  user: string;
  firstName: string;
  apiKey: string;
  apiSecret: string;
  teams: string[];
}

export interface TeamRow {
  name: string;
  user: string;
  enabled: boolean;
  /** Whether the team may create sites and paid things (A 3.2, can_create_site). */
  payment: boolean;
}
