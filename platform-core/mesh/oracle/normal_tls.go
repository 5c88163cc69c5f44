package main

import (
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"

	"istio.io/istio/pkg/security"
)

// secretPrefix begins the names of what istiod itself tells proxies, kubernetes:// and kubernetes-gateway://; what else they ask
// for their agent has.
const secretPrefix = "kubernetes"

// upstreamContext says how TLS begins.
func upstreamContext(context *tlsv3.UpstreamTlsContext) node {
	n := node{}
	put(n, "sni", context.Sni)
	common := context.GetCommonTlsContext()
	putTrust(n, common)
	for _, secret := range common.GetTlsCertificateSdsSecretConfigs() {
		n["certificate"] = secret.Name
	}
	if n["certificate"] != security.WorkloadKeyCertResourceName {
		put(n, "alpn", common.AlpnProtocols)
	}
	return n
}

func putTrust(n node, common *tlsv3.CommonTlsContext) {
	validation := common.GetCombinedValidationContext()
	put(n, "names", matched(validation.GetDefaultValidationContext()))
	put(n, "trust", validation.GetValidationContextSdsSecretConfig().GetName())
	put(n, "revoked", validation.GetDefaultValidationContext().GetCrl().GetFilename())
}

func matched(validation *tlsv3.CertificateValidationContext) []string {
	var names []string
	for _, san := range validation.GetMatchSubjectAltNames() { //nolint
		names = append(names, textMatch(san))
	}
	for _, san := range validation.GetMatchTypedSubjectAltNames() {
		names = append(names, textMatch(san.Matcher))
	}
	return sorted(names)
}

func downstream(chain *listenerv3.FilterChain) *tlsv3.DownstreamTlsContext {
	context, ok := unpack(chain.GetTransportSocket().GetTypedConfig(), &tlsv3.DownstreamTlsContext{})
	if !ok {
		return nil
	}
	return context
}

// downstreamTLS says how TLS ends: with which certificates, and what is asked of clients.
func downstreamTLS(chain *listenerv3.FilterChain) node {
	n := node{}
	context := downstream(chain)
	if context == nil {
		return n
	}
	common := context.GetCommonTlsContext()
	n["clients"] = "unasked"
	if common.GetValidationContextType() != nil {
		n["clients"] = "asked"
	}
	if context.GetRequireClientCertificate().GetValue() {
		n["clients"] = "required"
	}
	var certificates []string
	for _, secret := range common.GetTlsCertificateSdsSecretConfigs() {
		certificates = append(certificates, secret.Name)
	}
	put(n, "certificates", certificates)
	putTrust(n, common)
	validation := common.GetCombinedValidationContext().GetDefaultValidationContext()
	put(n, "keys", validation.GetVerifyCertificateSpki())
	put(n, "hashes", validation.GetVerifyCertificateHash())
	put(n, "untrusted", validation.GetTrustChainVerification() == tlsv3.CertificateValidationContext_ACCEPT_UNTRUSTED)
	put(n, "parameters", plain(common.GetTlsParams()))
	put(n, "alpn", spoken(common.GetAlpnProtocols()))
	return n
}

// spoken leaves out what only Istio's own build of Envoy speaks, between its proxies.
func spoken(protocols []string) []string {
	var result []string
	for _, protocol := range protocols {
		if protocol != "istio-peer-exchange" {
			result = append(result, protocol)
		}
	}
	return result
}

// asked are the names of what istiod would be asked for.
func asked(t *told) []string {
	found := map[string]bool{}
	add := func(common *tlsv3.CommonTlsContext) {
		configs := append([]*tlsv3.SdsSecretConfig{}, common.GetTlsCertificateSdsSecretConfigs()...)
		configs = append(configs, common.GetCombinedValidationContext().GetValidationContextSdsSecretConfig())
		for _, config := range configs {
			if strings.HasPrefix(config.GetName(), secretPrefix) {
				found[config.Name] = true
			}
		}
	}
	for _, l := range t.listeners {
		for _, chain := range allChains(l) {
			add(downstream(chain).GetCommonTlsContext())
		}
	}
	for _, c := range t.clusters {
		sockets := []*corev3.TransportSocket{c.TransportSocket}
		for _, match := range c.TransportSocketMatches {
			sockets = append(sockets, match.TransportSocket)
		}
		for _, socket := range sockets {
			if context, ok := unpack(socket.GetTypedConfig(), &tlsv3.UpstreamTlsContext{}); ok {
				add(context.GetCommonTlsContext())
			}
		}
	}
	var names []string
	for name := range found {
		names = append(names, name)
	}
	return sorted(names)
}

// secrets says of what kind each Secret is that a proxy is told; none of what is in it.
func secrets(t *told) node {
	result := node{}
	for _, secret := range t.secrets {
		n := node{}
		put(n, "certificate", secret.GetTlsCertificate() != nil)
		put(n, "staple", secret.GetTlsCertificate().GetOcspStaple() != nil)
		put(n, "authorities", secret.GetValidationContext() != nil)
		put(n, "revoked", secret.GetValidationContext().GetCrl() != nil)
		result[secret.Name] = n
	}
	return result
}
