package main

import (
	udpav1 "github.com/cncf/xds/go/udpa/type/v1"
	xdsv3 "github.com/cncf/xds/go/xds/type/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	limitv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/local_ratelimit/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/structpb"
)

const limitType = "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit"

// requestLimit says how many requests a filter lets in: what the only route says goes before what the filter says. It says
// nothing where neither has a bucket.
func requestLimit(filter *hcmv3.HttpFilter, manager *hcmv3.HttpConnectionManager) (node, bool) {
	limit, ok := limitOf(filter.GetTypedConfig())
	if !ok {
		return nil, false
	}
	for _, host := range manager.GetRouteConfig().GetVirtualHosts() {
		for _, r := range host.GetRoutes() {
			if own, ok := limitOf(r.GetTypedPerFilterConfig()[filter.GetName()]); ok {
				limit = own
			}
		}
	}
	return limitNode(limit), limit.GetTokenBucket() != nil
}

// limitOf reads a limit that Istio passes on as it was written, in a struct or as what it is.
func limitOf(config *anypb.Any) (*limitv3.LocalRateLimit, bool) {
	if limit, ok := unpack(config, &limitv3.LocalRateLimit{}); ok {
		return limit, true
	}
	var url string
	var value *structpb.Struct
	if s, ok := unpack(config, &udpav1.TypedStruct{}); ok {
		url, value = s.TypeUrl, s.Value
	} else if s, ok := unpack(config, &xdsv3.TypedStruct{}); ok {
		url, value = s.TypeUrl, s.Value
	}
	if url != limitType {
		return nil, false
	}
	text, err := protojson.Marshal(value)
	if err != nil {
		panic(err)
	}
	limit := &limitv3.LocalRateLimit{}
	if err := protojson.Unmarshal(text, limit); err != nil {
		panic(err)
	}
	return limit, true
}

func limitNode(limit *limitv3.LocalRateLimit) node {
	n := node{"limit": limit.GetStatPrefix()}
	put(n, "tokens", limit.GetTokenBucket().GetMaxTokens())
	n["refill"] = max(1, limit.GetTokenBucket().GetTokensPerFill().GetValue())
	put(n, "every", millis(limit.GetTokenBucket().GetFillInterval()))
	put(n, "asked", millionths(limit.GetFilterEnabled().GetDefaultValue()))
	put(n, "enforced", millionths(limit.GetFilterEnforced().GetDefaultValue()))
	put(n, "status", uint32(limit.GetStatus().GetCode()))
	put(n, "perConnection", limit.GetLocalRateLimitPerDownstreamConnection())
	put(n, "told", limit.GetEnableXRatelimitHeaders().String() == "DRAFT_VERSION_03")
	var headers []string
	for _, option := range limit.GetResponseHeadersToAdd() {
		how := " + "
		if isSet(option) {
			how = " = "
		}
		headers = append(headers, option.GetHeader().GetKey()+how+option.GetHeader().GetValue())
	}
	put(n, "headers", sorted(headers))
	others(n, limit, "stat_prefix", "token_bucket", "filter_enabled", "filter_enforced", "status",
		"local_rate_limit_per_downstream_connection", "enable_x_ratelimit_headers", "response_headers_to_add")
	return n
}

func isSet(option *corev3.HeaderValueOption) bool {
	return option.GetAppendAction() == corev3.HeaderValueOption_OVERWRITE_IF_EXISTS_OR_ADD ||
		option.GetAppend() != nil && !option.GetAppend().GetValue()
}
