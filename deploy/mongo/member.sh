#!/usr/bin/env bash
# A member of the replica set: the key that members know each other by goes into a file that only mongod reads; the image's own start does the rest.
set -euo pipefail
key=/tmp/replica.key
(umask 077 && printf '%s' "$REPLICA_KEY" >"$key")
chown mongodb:mongodb "$key"
unset REPLICA_KEY
exec docker-entrypoint.sh mongod --replSet platform --keyFile "$key" --bind_ip_all
