package main

import (
	"fmt"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"

	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/gvk"
)

const gatewayAPIGroup = "gateway.networking.k8s.io"

// gatewayAPIObject is a Gateway, an HTTPRoute or a ReferenceGrant.
type gatewayAPIObject interface {
	runtime.Object
	metav1.Object
}

// addGatewayAPI keeps what the schemas accept, with their defaults: Istio's own controller reads it from the API server.
func (m *manifests) addGatewayAPI(head *metav1.PartialObjectMetadata, document string) error {
	var object gatewayAPIObject
	title := head.Kind
	switch head.Kind {
	case "Gateway":
		object = &gatewayv1.Gateway{}
		title += "." + gatewayAPIGroup // there is another kind of this name
	case "HTTPRoute":
		object = &gatewayv1.HTTPRoute{}
	case "ReferenceGrant":
		object = &gatewayv1beta1.ReferenceGrant{}
	default:
		return fmt.Errorf("this kind is not known here")
	}
	namespace := head.Namespace
	if namespace == "" {
		namespace = "default"
	}
	if err := m.schemas.admit(document, object); err != nil {
		m.rejected[fmt.Sprintf("%s %s/%s", title, namespace, head.Name)] = err.Error()
		return nil
	}
	object.SetNamespace(namespace)
	object.GetObjectKind().SetGroupVersionKind(stored(head.Kind)) // whichever version it was written in
	m.gatewayAPI = append(m.gatewayAPI, object)
	return nil
}

// stored is the version that the API server keeps, and Istio asks for.
func stored(kind string) schema.GroupVersionKind {
	version := "v1"
	if kind == "ReferenceGrant" {
		version = "v1beta1"
	}
	return schema.GroupVersionKind{Group: gatewayAPIGroup, Version: version, Kind: kind}
}

// settleGatewayAPI waits until what Istio's controller makes of the resources no longer changes: it works on its own.
func settleGatewayAPI(server *xds.FakeDiscoveryServer) {
	var before []config.Config
	for range 50 {
		settle(server)
		time.Sleep(20 * time.Millisecond)
		now := append(server.Env().List(gvk.Gateway, ""), server.Env().List(gvk.VirtualService, "")...)
		if len(now) > 0 && slices.EqualFunc(now, before, func(a, b config.Config) bool { return a.Equals(&b) }) {
			return
		}
		before = now
	}
}
