module dev.binnacle/kubernetes/testkit/crds

go 1.26.0

require (
	github.com/prometheus-operator/prometheus-operator v0.85.0 // indirect
	istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7 // indirect
	sigs.k8s.io/gateway-api v1.6.0 // indirect
)
