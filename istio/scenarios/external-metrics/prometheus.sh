#!/bin/sh
# Starts the instance's Prometheus as the application of a pod: at the pod's application address, with the pod's sidecar as
# its way out. BINNACLE_PROMETHEUS, BINNACLE_INSTANCE, HOST and SIDECAR_PROXY come from the launcher.
set -eu
data="$BINNACLE_INSTANCE/data/external-prometheus"
mkdir -p "$data"
sed "s|http://sidecar:15001|$SIDECAR_PROXY|" istio/scenarios/external-metrics/prometheus.yml > "$data/prometheus.yml"
exec "$BINNACLE_PROMETHEUS" --config.file="$data/prometheus.yml" --storage.tsdb.path="$data/tsdb" \
  --web.listen-address="$HOST:9090"
