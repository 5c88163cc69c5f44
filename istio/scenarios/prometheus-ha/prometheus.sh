#!/bin/sh
# Starts a replica: the instance's Prometheus at the pod's application address, with the targets that the instance's own
# Prometheus has. BINNACLE_PROMETHEUS, BINNACLE_INSTANCE, HOST and POD_NAME come from the launcher.
set -eu
data="$BINNACLE_INSTANCE/data/prometheus-ha/$POD_NAME"
mkdir -p "$data"
targets=$(sed -n 's|.*\(http://[^ ]*/sd/prometheus\).*|\1|p' "$BINNACLE_INSTANCE/run/prometheus.yml")
sed -e "s|http://targets|$targets|" -e "s|POD_NAME|$POD_NAME|" istio/scenarios/prometheus-ha/prometheus.yml > "$data/prometheus.yml"
exec "$BINNACLE_PROMETHEUS" --config.file="$data/prometheus.yml" --storage.tsdb.path="$data/tsdb" \
  --web.listen-address="$HOST:9090"
