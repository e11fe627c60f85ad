#!/bin/sh
# Makes every secret the compose files name, once: what is there stays. Run it before the first `up`.
set -eu
cd "$(dirname "$0")/secrets"
chmod 700 .
random() { head -c 24 /dev/urandom | base64 | tr '+/' '-_'; }
# Containers have users of their own, who must be able to read the file; the folder keeps everybody else out.
keep() {
  [ -e "$1" ] || { cat >"$1" && chmod 444 "$1" && echo "made secrets/$1"; }
}
random | keep metrics_token
random | keep grafana_password

random | keep redis_password
redis=$(cat redis_password)
printf 'requirepass %s\n' "$redis" | keep redis_secret.conf
printf 'redis://:%s@redis:6379/0\n' "$redis" | keep redis_url
printf '{"redis://redis:6379":"%s"}\n' "$redis" | keep redis_exporter.json

random | keep mysql_root_password
random | keep mysql_password
mysql=$(cat mysql_password)
printf 'mysql://petshop:%s@mysql:3306/petshop\n' "$mysql" | keep database_url
printf '[client]\nuser=petshop\npassword=%s\nhost=mysql\n' "$mysql" | keep mysql_client.cnf
