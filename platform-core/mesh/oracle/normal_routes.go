package main

import (
	"encoding/base64"
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

func routeTables(t *told) node {
	result := node{}
	for _, table := range t.routes {
		hosts := node{}
		for _, host := range table.VirtualHosts {
			// What becomes of unknown hosts is not a matter of these tables: here a listener stands at each Service's address.
			if host.Name == "allow_any" || host.Name == "block_all" {
				continue
			}
			if strings.HasPrefix(table.Name, "http.") || strings.HasPrefix(table.Name, "https.") {
				byDomain(host, hosts)
			} else {
				hosts[host.Name] = virtualHost(host)
			}
		}
		result[table.Name] = hosts
	}
	return result
}

// byDomain tells a gateway's virtual host once for each of its domains: which of them share one is not a matter of meaning.
func byDomain(host *routev3.VirtualHost, hosts node) {
	whole := virtualHost(host)
	for _, domain := range domains(host.Domains) {
		if strings.Contains(domain, "/") {
			continue // a server's namespace/host, taken for a domain: no request has such a host
		}
		one := node{}
		for key, value := range whole {
			one[key] = value
		}
		delete(one, "domains")
		if one["routes"] != nil || one["requireTls"] != nil { // otherwise it answers 404, as to hosts not named at all
			hosts[domain] = one
		}
	}
}

func virtualHost(host *routev3.VirtualHost) node {
	n := node{}
	put(n, "domains", domains(host.Domains))
	if host.RequireTls != routev3.VirtualHost_NONE {
		put(n, "requireTls", host.RequireTls.String())
	}
	var routes []any
	seen := map[string]bool{}
	for _, r := range host.Routes {
		one := route(r)
		if condition := text(one["match"]); seen[condition] {
			continue // an earlier route has the same match
		} else {
			seen[condition] = true
		}
		routes = append(routes, one)
		if takesEverything(r.Match) {
			break // nothing gets past it
		}
	}
	put(n, "routes", routes)
	others(n, host, "name", "domains", "routes", "require_tls", "include_request_attempt_count")
	return n
}

func takesEverything(m *routev3.RouteMatch) bool {
	anyPath := m.GetPrefix() == "/" || m.GetSafeRegex().GetRegex() == ".*"
	return anyPath && len(m.Headers) == 0 && len(m.QueryParameters) == 0
}

func route(r *routev3.Route) node {
	n := node{}
	put(n, "name", r.Name)
	put(n, "match", match(r.Match))
	request := operations(r.RequestHeadersToAdd, r.RequestHeadersToRemove)
	response := operations(r.ResponseHeadersToAdd, r.ResponseHeadersToRemove)
	switch {
	case r.GetRoute() != nil:
		forward := forward(r.GetRoute(), request, response)
		put(n, "forward", forward)
	case r.GetRedirect() != nil:
		put(n, "redirect", redirect(r.GetRedirect()))
	case r.GetDirectResponse() != nil:
		put(n, "directResponse", directResponse(r.GetDirectResponse()))
	}
	put(n, "requestHeaders", request)
	put(n, "responseHeaders", response)
	routeFilters(n, r)
	others(n, r, "typed_per_filter_config", "name", "match", "route", "redirect", "direct_response", "metadata", "decorator",
		"request_headers_to_add", "request_headers_to_remove", "response_headers_to_add", "response_headers_to_remove")
	return n
}

func match(m *routev3.RouteMatch) node {
	n := node{}
	put(n, "path", m.GetPath())
	put(n, "prefix", m.GetPrefix())
	put(n, "regex", m.GetSafeRegex().GetRegex())
	put(n, "pathSeparatedPrefix", m.GetPathSeparatedPrefix())
	// "/" is the same in any case, and a regular expression says itself what it means.
	text := strings.Trim(m.GetPath()+m.GetPrefix()+m.GetPathSeparatedPrefix(), "/")
	put(n, "ignoreCase", text != "" && m.CaseSensitive != nil && !m.CaseSensitive.Value)
	headers := node{}
	for _, h := range m.Headers {
		condition := textMatch(h.GetStringMatch())
		if h.GetPresentMatch() {
			condition = "present"
		}
		if h.TreatMissingHeaderAsEmpty {
			condition += " (missing is empty)"
		}
		if h.InvertMatch {
			condition = "not " + condition
		}
		headers[h.Name] = append(list(headers[h.Name]), condition)
	}
	put(n, "headers", headers)
	query := node{}
	for _, q := range m.QueryParameters {
		condition := textMatch(q.GetStringMatch())
		if q.GetPresentMatch() {
			condition = "present"
		}
		query[q.Name] = append(list(query[q.Name]), condition)
	}
	put(n, "query", query)
	others(n, m, "path", "prefix", "safe_regex", "path_separated_prefix", "case_sensitive", "headers", "query_parameters")
	return n
}

func list(v any) []string {
	l, _ := v.([]string)
	return l
}

func textMatch(m *matcherv3.StringMatcher) string {
	fold := ""
	if m.GetIgnoreCase() {
		fold = " (any case)"
	}
	switch p := m.GetMatchPattern().(type) {
	case *matcherv3.StringMatcher_Exact:
		return "exact " + p.Exact + fold
	case *matcherv3.StringMatcher_Prefix:
		return "prefix " + p.Prefix + fold
	case *matcherv3.StringMatcher_Suffix:
		return "suffix " + p.Suffix + fold
	case *matcherv3.StringMatcher_Contains:
		return "contains " + p.Contains + fold
	case *matcherv3.StringMatcher_SafeRegex:
		return "regex " + p.SafeRegex.Regex
	default:
		return "?"
	}
}

// operations says what is done to each header, in order.
func operations(add []*corev3.HeaderValueOption, remove []string) node {
	n := node{}
	for _, option := range add {
		kind := "add "
		if option.AppendAction == corev3.HeaderValueOption_OVERWRITE_IF_EXISTS_OR_ADD {
			kind = "set "
		}
		n[option.Header.Key] = append(list(n[option.Header.Key]), kind+option.Header.Value)
	}
	for _, name := range remove {
		n[name] = append(list(n[name]), "remove")
	}
	return n
}

// forward puts a single destination's own header changes where the route's are: to the request it is the same.
func forward(action *routev3.RouteAction, request, response node) node {
	n := node{}
	var destinations []any
	weighted := action.GetWeightedClusters().GetClusters()
	if name := action.GetCluster(); name != "" {
		destinations = append(destinations, node{"cluster": name})
	}
	for _, c := range weighted {
		d := node{"cluster": c.Name}
		if len(weighted) == 1 {
			put(n, "rewriteHost", c.GetHostRewriteLiteral())
			merge(request, operations(c.RequestHeadersToAdd, c.RequestHeadersToRemove))
			merge(response, operations(c.ResponseHeadersToAdd, c.ResponseHeadersToRemove))
		} else {
			put(d, "rewriteHost", c.GetHostRewriteLiteral())
			put(d, "weight", c.GetWeight().GetValue())
			put(d, "requestHeaders", operations(c.RequestHeadersToAdd, c.RequestHeadersToRemove))
			put(d, "responseHeaders", operations(c.ResponseHeadersToAdd, c.ResponseHeadersToRemove))
		}
		destinations = append(destinations, d)
	}
	put(n, "to", destinations)
	put(n, "timeout", millis(action.Timeout))
	put(n, "rewritePrefix", action.PrefixRewrite)
	if regex := action.RegexRewrite; regex != nil {
		put(n, "rewriteRegex", node{"regex": regex.Pattern.GetRegex(), "substitution": regex.Substitution})
	}
	put(n, "rewriteHost", action.GetHostRewriteLiteral())
	put(n, "retries", retries(action.RetryPolicy))
	var mirrors []any
	for _, m := range action.RequestMirrorPolicies {
		mirrors = append(mirrors, node{"cluster": m.Cluster, "millionths": millionths(m.RuntimeFraction.GetDefaultValue())})
	}
	put(n, "mirrors", mirrors)
	var hash []any
	for _, policy := range action.HashPolicy {
		if c := policy.GetConnectionProperties(); c == nil || c.SourceIp { // of nothing is no hash
			hash = append(hash, plain(policy))
		}
	}
	put(n, "hash", hash)
	put(n, "missing", map[bool]string{true: action.ClusterNotFoundResponseCode.String()}[action.ClusterNotFoundResponseCode != 0])
	others(n, action, "cluster_not_found_response_code", "request_mirror_policies", "cluster", "weighted_clusters", "timeout", "prefix_rewrite", "regex_rewrite",
		"host_rewrite_literal", "retry_policy", "max_grpc_timeout", "hash_policy")
	return n
}

func merge(into, from node) {
	for name, operations := range from {
		into[name] = append(list(into[name]), list(operations)...)
	}
}

func retries(p *routev3.RetryPolicy) node {
	n := node{}
	if p == nil {
		return n
	}
	attempts := uint32(1) // Envoy's default
	if p.NumRetries != nil {
		attempts = p.NumRetries.Value
	}
	n["attempts"] = attempts
	put(n, "on", sorted(strings.FieldsFunc(p.RetryOn, func(r rune) bool { return r == ',' })))
	put(n, "codes", p.RetriableStatusCodes)
	if len(p.RetriableStatusCodes) == 0 {
		delete(n, "codes")
	}
	put(n, "perTry", millis(p.PerTryTimeout))
	put(n, "backoff", millis(p.GetRetryBackOff().GetBaseInterval()))
	put(n, "otherHost", len(p.RetryHostPredicate) > 0)
	put(n, "otherLocality", p.RetryPriority.GetName() == "envoy.retry_priorities.previous_priorities")
	others(n, p, "retry_priority", "num_retries", "retry_on", "retriable_status_codes", "per_try_timeout", "retry_back_off",
		"retry_host_predicate", "host_selection_retry_max_attempts")
	return n
}

func redirect(r *routev3.RedirectAction) node {
	n := node{}
	put(n, "host", r.HostRedirect)
	put(n, "path", r.GetPathRedirect())
	put(n, "prefix", r.GetPrefixRewrite())
	put(n, "scheme", r.GetSchemeRedirect())
	put(n, "https", r.GetHttpsRedirect())
	put(n, "port", r.PortRedirect)
	put(n, "code", r.ResponseCode.String())
	return n
}

func directResponse(r *routev3.DirectResponseAction) node {
	n := node{"status": r.Status}
	put(n, "body", r.GetBody().GetInlineString())
	put(n, "bytes", base64.StdEncoding.EncodeToString(r.GetBody().GetInlineBytes()))
	return n
}
