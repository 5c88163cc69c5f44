package main

import (
	"slices"

	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	jwtv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/jwt_authn/v3"
	rbachttpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
)

// access says what a chain asks of requests or connections before it passes them on: the very filters, in their order.
func access(chain *listenerv3.FilterChain) []any {
	var result []any
	for _, filter := range chain.GetFilters() {
		if f, ok := unpack(filter.GetTypedConfig(), &rbacv3.RBAC{}); ok {
			result = append(result, rules(plain(f)))
		}
	}
	manager, _ := end(chain)
	for _, filter := range manager.GetHttpFilters() {
		if limit, ok := requestLimit(filter, manager); ok {
			result = append(result, limit)
		}
		if f, ok := unpack(filter.GetTypedConfig(), &rbachttpv3.RBAC{}); ok {
			result = append(result, rules(plain(f)))
		}
		if f, ok := unpack(filter.GetTypedConfig(), &jwtv3.JwtAuthentication{}); ok {
			result = append(result, plain(f))
		}
	}
	return result
}

// rules leaves out how rules are counted that are not there.
func rules(filter node) node {
	if filter["shadow_rules"] == nil {
		delete(filter, "shadow_rules_stat_prefix")
	}
	return filter
}

// paths says how paths are changed before anything looks at them, where that is not Istio's default.
func paths(manager *hcmv3.HttpConnectionManager) []string {
	var result []string
	if manager == nil {
		return nil
	}
	if !manager.GetNormalizePath().GetValue() {
		result = append(result, "as they are")
	}
	if manager.GetMergeSlashes() {
		result = append(result, "slashes merged")
	}
	if action := manager.GetPathWithEscapedSlashesAction(); action != hcmv3.HttpConnectionManager_KEEP_UNCHANGED &&
		action != hcmv3.HttpConnectionManager_IMPLEMENTATION_SPECIFIC_DEFAULT {
		result = append(result, action.String())
	}
	return result
}

// peers says which identities a server accepts besides those of the mesh's own trust domain.
func peers(chain *listenerv3.FilterChain) []string {
	var result []string
	context := downstream(chain).GetCommonTlsContext().GetCombinedValidationContext().GetDefaultValidationContext()
	for _, name := range context.GetMatchSubjectAltNames() {
		if text := textMatch(name); !slices.Contains(result, text) && text != "prefix spiffe://cluster.local/" {
			result = append(result, text)
		}
	}
	return sorted(result)
}
