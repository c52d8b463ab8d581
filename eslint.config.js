import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Import directions of docs/architecture.md; test/unit/architecture.test.ts checks the rest. */
const only = (files, patterns, message) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: patterns.map((regex) => ({ regex, message, allowTypeImports: true })) },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.sitewright/', '.tmp/', 'coverage/', 'test/fixtures/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'bin/*.js', 'scripts/*.mjs'] },
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'fetch', 'AbortController', 'AbortSignal']
          .concat(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Buffer'])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  { files: ['scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
  only(
    ['src/domain/**'],
    ['^(?!\\.\\.?/)', '^\\.\\./(?!domain/)'],
    'domain/ imports nothing but domain/ (docs/architecture.md)',
  ),
  only(
    ['src/workflows/**'],
    ['^(?!(\\.{1,2}/|@temporalio/(workflow|common)$))', '^\\.\\./(?!domain/)'],
    'workflows/ import only domain/, @temporalio/workflow|common and types of activities',
  ),
  only(
    [
      'src/frappe-cloud/**',
      'src/http/**',
      'src/maplepress/**',
      'src/ledger/**',
      'src/security/**',
      'simulators/**',
    ],
    ['^@temporalio/'],
    'only activities/ and temporal/ know Temporal (docs/architecture.md)',
  ),
  only(['src/client.ts'], ['^\\./activities/'], 'the client imports no activity code'),
);
