package main

import (
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	corsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/cors/v3"
	faultv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/fault/v3"
	typev3 "github.com/envoyproxy/go-control-plane/envoy/type/v3"
)

// routeFilters says what a route tells the filters before it.
func routeFilters(n node, r *routev3.Route) {
	var rest []string
	for name, config := range r.TypedPerFilterConfig {
		if f, ok := unpack(config, &faultv3.HTTPFault{}); ok {
			put(n, "fault", fault(f))
		} else if c, ok := unpack(config, &corsv3.CorsPolicy{}); ok {
			put(n, "cors", cors(c))
		} else {
			rest = append(rest, name)
		}
	}
	put(n, "otherFilters", sorted(rest))
}

func fault(f *faultv3.HTTPFault) node {
	n := node{}
	if d := f.GetDelay(); d != nil {
		delay := node{"time": millis(d.GetFixedDelay())}
		put(delay, "millionths", millionths(d.Percentage))
		others(delay, d, "fixed_delay", "percentage")
		n["delay"] = delay
	}
	if a := f.GetAbort(); a != nil {
		abort := node{}
		put(abort, "http", a.GetHttpStatus())
		put(abort, "grpc", a.GetGrpcStatus())
		put(abort, "millionths", millionths(a.Percentage))
		others(abort, a, "http_status", "grpc_status", "percentage")
		n["abort"] = abort
	}
	others(n, f, "delay", "abort")
	return n
}

func cors(c *corsv3.CorsPolicy) node {
	n := node{}
	var origins []string
	for _, origin := range c.AllowOriginStringMatch {
		origins = append(origins, textMatch(origin))
	}
	put(n, "origins", origins)
	put(n, "methods", c.AllowMethods)
	put(n, "headers", c.AllowHeaders)
	put(n, "exposed", c.ExposeHeaders)
	put(n, "maxAge", c.MaxAge)
	if c.AllowCredentials != nil {
		n["credentials"] = c.AllowCredentials.Value
	}
	put(n, "ignoresOthers", !c.ForwardNotMatchingPreflights.GetValue())
	put(n, "millionths", millionths(c.FilterEnabled.GetDefaultValue()))
	others(n, c, "allow_origin_string_match", "allow_methods", "allow_headers", "expose_headers", "max_age",
		"allow_credentials", "forward_not_matching_preflights", "filter_enabled")
	return n
}

func millionths(p *typev3.FractionalPercent) uint32 {
	switch p.GetDenominator() {
	case typev3.FractionalPercent_HUNDRED:
		return p.GetNumerator() * 10_000
	case typev3.FractionalPercent_TEN_THOUSAND:
		return p.GetNumerator() * 100
	default:
		return p.GetNumerator()
	}
}
