import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  image: string;
  build?: string;
  restart: string;
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  ports?: string[];
  secrets?: string[];
  volumes?: string[];
  environment?: Record<string, string>;
  deploy?: { replicas: number };
}
interface Compose {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
}

const root = new URL('../../../', import.meta.url);
const text = await readFile(new URL('docker-compose.yml', root), 'utf8');
const { services, secrets, volumes } = parse(text, { merge: true }) as Compose;
const each = Object.entries(services);

/** There is no container engine where the tests run: this is what can be told from the file. */
describe('docker-compose.yml', () => {
  it('runs PostgreSQL, Temporal, its UI, two workers and the gateway', () => {
    expect(Object.keys(services).sort()).toEqual([
      'gateway',
      'postgres',
      'temporal',
      'temporal-namespace',
      'temporal-schema',
      'temporal-ui',
      'worker',
    ]);
    expect(services['worker']?.deploy?.replicas).toBe(2);
  });

  it.each(each)('%s has a pinned image that can be overridden, or is built here', (_, service) => {
    expect(service.image).toMatch(/^[\w/-]+:\$\{[A-Z_]+:-[\w.-]+\}$/);
    if (!service.build) expect(service.image).not.toContain(':-latest');
  });

  it.each(each)('%s either keeps running, with a health check, or ends', (_, service) => {
    if (service.restart === 'unless-stopped') expect(service.healthcheck).toBeDefined();
    else expect(service.restart).toMatch(/^on-failure:\d+$/);
  });

  it.each(each)('%s waits for services that can tell when they are ready', (_, service) => {
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const other = services[name];
      expect(other).toBeDefined();
      expect(condition).toBe(
        other?.healthcheck ? 'service_healthy' : 'service_completed_successfully',
      );
    }
  });

  it.each(each)('%s publishes ports on the loopback interface only, and movable', (_, service) => {
    for (const port of service.ports ?? []) {
      expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z_]+:-\d+\}:\d+$/);
    }
  });

  it.each(each)('%s gets its secrets as files', (_, service) => {
    for (const secret of service.secrets ?? []) expect(secrets).toHaveProperty(secret);
    for (const [name, value] of Object.entries(service.environment ?? {})) {
      if (/PASSWORD|PWD|SECRET|TOKEN|_KEYS?(_|$)/.test(name))
        expect(value).toMatch(/^\/run\/secrets\//);
    }
  });

  it('mounts and runs only what exists', async () => {
    const mounts = each.flatMap(([, { volumes = [] }]) =>
      volumes.map((v) => v.split(':')[0] ?? ''),
    );
    const programs = each.flatMap(
      ([, { command = [] }]) => command.join(' ').match(/dist\/\S+/g) ?? [],
    );
    const checks = text.match(/dist\/\S+\.js/g) ?? [];
    const sources = [...programs, ...checks].map((file) =>
      file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
    );
    expect(sources).toEqual(expect.arrayContaining(['src/worker.ts', 'src/gateway/main.ts']));
    for (const file of [...mounts.filter((name) => name.startsWith('./')), ...sources]) {
      await expect(access(fileURLToPath(new URL(file, root))), file).resolves.toBeUndefined();
    }
    for (const name of mounts.filter((mount) => !mount.startsWith('./'))) {
      expect(volumes).toHaveProperty(name);
    }
  });
});
