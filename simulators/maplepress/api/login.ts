import { Refusal } from '../http/answer.js';
import { issueToken } from '../http/tokens.js';
import type { Endpoint } from './endpoint.js';

export const login: Endpoint = {
  name: 'POST /api/v1/login',
  open: true,
  run({ world, body }) {
    const { email, password } = body;
    if (typeof email !== 'string' || typeof password !== 'string') {
      throw new Refusal(400, 'Email and password are required');
    }
    const found = world.state.logins.find((each) => each.email === email.trim().toLowerCase());
    if (found?.password !== password) throw new Refusal(401, 'Invalid email or password');
    return { access_token: issueToken(world, found), user_email: found.email };
  },
};
