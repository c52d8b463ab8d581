import type { Json } from '../../shared/json.js';

export interface Answer {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

export const jsonAnswer = (status: number, body: Json): Answer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(body),
});

export const htmlAnswer = (status: number, title: string): Answer => ({
  status,
  contentType: 'text/html',
  body: `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`,
});

/** A refusal of the simulated server. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

export const errorAnswer = ({ status, message }: Refusal): Answer =>
  jsonAnswer(status, { error: message });
