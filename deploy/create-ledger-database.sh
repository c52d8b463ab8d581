#!/bin/sh
# Runs once, when PostgreSQL makes its data directory: the ledger has a database and a role of its
# own, apart from Temporal's.
set -eu

psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 \
  --set password="$(cat /run/secrets/ledger_db_password)" <<'SQL'
CREATE ROLE sitewright LOGIN PASSWORD :'password';
CREATE DATABASE sitewright OWNER sitewright;
SQL
