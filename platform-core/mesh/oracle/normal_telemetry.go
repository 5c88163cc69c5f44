package main

import (
	"sort"
	"strings"

	accesslogv3 "github.com/envoyproxy/go-control-plane/envoy/config/accesslog/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	tracev3 "github.com/envoyproxy/go-control-plane/envoy/config/trace/v3"
	filev3 "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/file/v3"
	celv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/filters/cel/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	uuidv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/request_id/uuid/v3"
	tracingv3 "github.com/envoyproxy/go-control-plane/envoy/type/tracing/v3"

	"istio.io/api/envoy/extensions/stats"
	telemetryapi "istio.io/api/telemetry/v1alpha1"
)

// standard are the labels of Istio's metrics; removing another one means nothing, nor one that a metric has not got.
var standard = map[string]bool{}

func init() {
	for _, name := range strings.Fields(`reporter source_workload source_canonical_service source_canonical_revision
		source_workload_namespace source_principal source_app source_version source_cluster destination_workload
		destination_workload_namespace destination_principal destination_app destination_version destination_service
		destination_canonical_service destination_canonical_revision destination_service_name
		destination_service_namespace destination_cluster request_protocol response_code grpc_response_status
		response_flags connection_security_policy`) {
		standard[name] = true
	}
}

var httpMetrics = []string{"requests_total", "request_duration_milliseconds", "request_bytes", "response_bytes"}
var tcpMetrics = []string{"tcp_connections_opened_total", "tcp_connections_closed_total", "tcp_sent_bytes_total", "tcp_received_bytes_total"}

// saysTelemetry tells whether a case is about telemetry: the others leave out what Istio's default configuration says.
func saysTelemetry(m *manifests) bool {
	for _, c := range m.istio {
		if _, ok := c.Spec.(*telemetryapi.Telemetry); ok {
			return true
		}
	}
	return m.mesh != nil && (m.mesh.AccessLogFile != "" || len(m.mesh.DefaultProviders.GetMetrics())+
		len(m.mesh.DefaultProviders.GetAccessLogging())+len(m.mesh.DefaultProviders.GetTracing()) > 0)
}

// telemetry says what a proxy tells about the traffic it carries; one listener of each kind speaks for all.
func telemetry(p *pod, t *told) node {
	result := node{}
	for _, l := range t.listeners {
		if l.Name == "virtualOutbound" {
			continue
		}
		side := "client"
		if l.Name == "virtualInbound" {
			side = "server"
		}
		for _, chain := range allChains(l) {
			if strings.HasPrefix(chain.Name, "virtualInbound") || chain.Name == "PassthroughFilterChain" {
				continue
			}
			tellsOfChain(result, side, chain)
		}
	}
	return result
}

func tellsOfChain(result node, side string, chain *listenerv3.FilterChain) {
	manager, proxy := end(chain)
	switch {
	case manager != nil && result[side+" http"] == nil:
		n := node{}
		put(n, "metrics", metrics(httpConfigs(manager), httpMetrics))
		put(n, "logs", logs(manager.AccessLog))
		put(n, "tracing", tracing(manager))
		result[side+" http"] = n
	case proxy != nil && result[side+" tcp"] == nil:
		n := node{}
		put(n, "metrics", metrics(tcpConfigs(chain), tcpMetrics))
		put(n, "logs", logs(proxy.AccessLog))
		result[side+" tcp"] = n
	}
}

func httpConfigs(manager *hcmv3.HttpConnectionManager) (result []*stats.PluginConfig) {
	for _, f := range manager.HttpFilters {
		if c, ok := unpack(f.GetTypedConfig(), &stats.PluginConfig{}); ok {
			result = append(result, c)
		}
	}
	return result
}

func tcpConfigs(chain *listenerv3.FilterChain) (result []*stats.PluginConfig) {
	for _, f := range chain.Filters {
		if c, ok := unpack(f.GetTypedConfig(), &stats.PluginConfig{}); ok {
			result = append(result, c)
		}
	}
	return result
}

// metrics says what is other than Istio's standard.
func metrics(configs []*stats.PluginConfig, names []string) node {
	result := node{}
	for _, name := range names {
		n := node{}
		put(n, "dropped", len(configs) == 0)
		for _, config := range configs {
			for _, m := range config.Metrics {
				if m.Name == name && m.Drop {
					n = node{"dropped": true}
				} else if m.Name == name {
					tags := node{}
					for tag, value := range m.Dimensions {
						tags[tag] = value
					}
					put(n, "tags", tags)
					var removed []string
					for _, tag := range m.TagsToRemove {
						if standard[tag] && tag != "grpc_response_status" && (tag != "response_code" || !strings.HasPrefix(name, "tcp_")) {
							removed = append(removed, tag)
						}
					}
					put(n, "removed", sorted(removed))
				}
			}
		}
		put(result, name, n)
	}
	return result
}

func logs(all []*accesslogv3.AccessLog) []any {
	var result []any
	for _, l := range all {
		n := node{}
		if f, ok := unpack(l.GetTypedConfig(), &filev3.FileAccessLog{}); ok {
			format := f.GetLogFormat()
			put(n, "text", format.GetTextFormatSource().GetInlineString())
			put(n, "json", plain(format.GetJsonFormat()))
			put(n, "omitsEmpty", format.GetOmitEmptyValues())
		} else {
			put(n, "other", l.Name)
		}
		if c, ok := unpack(l.GetFilter().GetExtensionFilter().GetTypedConfig(), &celv3.ExpressionFilter{}); ok {
			put(n, "filter", c.Expression)
		}
		result = append(result, n)
	}
	return result
}

func tracing(manager *hcmv3.HttpConnectionManager) node {
	n := node{}
	t := manager.GetTracing()
	if t.GetProvider() == nil {
		return n // nobody is told
	}
	n["random"] = t.GetRandomSampling().GetValue()
	n["client"] = t.GetClientSampling().GetValue()
	n["overall"] = t.GetOverallSampling().GetValue()
	put(n, "spawnsUpstreamSpan", t.GetSpawnUpstreamSpan().GetValue())
	put(n, "maxPathTagLength", t.GetMaxPathTagLength().GetValue())
	put(n, "noContextPropagation", t.GetNoContextPropagation())
	put(n, "tags", customTags(t.CustomTags))
	if c, ok := unpack(t.Provider.GetTypedConfig(), &tracev3.OpenTelemetryConfig{}); ok {
		put(n, "http", plain(c.GetHttpService()))
		put(n, "grpc", plain(c.GetGrpcService()))
		for _, detector := range c.ResourceDetectors {
			n["detects"] = detector.Name
		}
	} else {
		put(n, "other", t.Provider.Name)
	}
	if c, ok := unpack(manager.GetRequestIdExtension().GetTypedConfig(), &uuidv3.UuidRequestIdConfig{}); ok {
		if use := c.GetUseRequestIdForTraceSampling(); use != nil && !use.Value {
			n["samplesByRequestId"] = false
		}
	}
	return n
}

// customTags leaves out what Istio's own tags say of the workload; Binnacle's spans say it as OpenTelemetry does.
func customTags(all []*tracingv3.CustomTag) node {
	result := node{}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Tag < all[j].Tag })
	for _, tag := range all {
		if !strings.HasPrefix(tag.Tag, "istio.") {
			value := plain(tag)
			delete(value, "tag")
			result[tag.Tag] = value
		}
	}
	return result
}
