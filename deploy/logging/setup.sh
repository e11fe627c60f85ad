#!/bin/bash
# Puts lifecycle, index template and dashboard in place; the same again changes nothing.
set -euo pipefail
cd "$(dirname "$0")"
: "${ELASTICSEARCH:=http://localhost:9200}" "${KIBANA:=http://localhost:5601}"

put() {
  curl --fail-with-body --silent --show-error -X PUT "$ELASTICSEARCH/$1" \
    -H 'content-type: application/json' --data-binary "@$2"
  echo
}
put _ilm/policy/petshop-logs lifecycle.json
put _index_template/petshop-logs index-template.json
curl --fail-with-body --silent --show-error -X POST "$KIBANA/api/saved_objects/_import?overwrite=true" \
  -H 'kbn-xsrf: petshop' -F 'file=@kibana.ndjson'
echo
