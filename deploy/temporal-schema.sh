#!/bin/sh
# Creates Temporal's two databases and brings their schemas up to date. Repeating it is harmless.
set -eu

SQL_PASSWORD="$(cat /run/secrets/temporal_db_password)"
export SQL_PASSWORD

sql() {
  temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db "$@"
}

for database in temporal temporal_visibility; do
  sql "$database" create
  sql "$database" setup-schema -v 0.0
  sql "$database" update-schema -d "/etc/temporal/schema/postgresql/v12/${database#temporal_}/versioned"
done
